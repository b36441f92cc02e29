/**
 * From a folder of the config repository to manifests: plain YAML here, other tools behind the same interface. Uses
 * {@code source}, {@code manifest} and {@code problem}, and knows nothing of a cluster.
 */
package io.jenkins.plugins.gitops.engine.render;
