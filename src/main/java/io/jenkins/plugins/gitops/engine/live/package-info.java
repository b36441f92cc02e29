/**
 * Live objects, followed by watches until they are healthy and explained where they are not. Uses {@code cluster},
 * {@code health}, {@code manifest} and {@code progress}; writes nothing to the cluster.
 */
package io.jenkins.plugins.gitops.engine.live;
