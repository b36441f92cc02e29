/**
 * Rules that say which differences do not count, in the forms of Argo CD and Flux: read, matched with objects, and turned
 * into paths. Uses {@code manifest} and {@code problem}.
 */
package io.jenkins.plugins.gitops.engine.ignore;
