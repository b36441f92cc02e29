/**
 * What the annotations of an object ask of a sync: our own, and those that Argo CD, Flux, Helm and cli-utils have made
 * known. Uses {@code problem} and {@code manifest}.
 */
package io.jenkins.plugins.gitops.engine.annotation;
