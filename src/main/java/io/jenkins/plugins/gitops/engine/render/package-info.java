/**
 * From a folder of the config repository to manifests: plain YAML as it is, Kustomize and Helm by their own programs,
 * what a folder holds deciding which; then Secrets
 * decrypted and variables substituted. Uses {@code source}, {@code manifest}, {@code tool}, {@code sops}, {@code parallel} and {@code
 * problem}; what it may know of a cluster is given to it.
 */
package io.jenkins.plugins.gitops.engine.render;
