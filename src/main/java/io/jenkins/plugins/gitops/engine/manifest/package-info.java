/**
 * Kubernetes objects as a config repository declares them: reading YAML and JSON as {@code kubectl} does, with line
 * numbers; the identity of an object; masking of secrets. Uses {@code problem}, SnakeYAML and Jackson.
 */
package io.jenkins.plugins.gitops.engine.manifest;
