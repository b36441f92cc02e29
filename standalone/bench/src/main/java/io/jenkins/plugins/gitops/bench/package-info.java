/**
 * Measures the engine beside {@code kubectl} and beside the limit of the API server, on one real API server. Uses the
 * engine as its users do, and the local control plane.
 */
package io.jenkins.plugins.gitops.bench;
