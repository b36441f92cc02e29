/**
 * Whether manifests are sound, without a cluster: schemas, API versions of the target Kubernetes, references, policies;
 * every problem of every file, together. Uses {@code schema}, {@code policy}, {@code manifest} and {@code problem}.
 */
package io.jenkins.plugins.gitops.engine.validate;
