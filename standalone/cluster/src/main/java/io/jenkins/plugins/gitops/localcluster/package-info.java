/**
 * A real Kubernetes control plane on this machine, for the demo, the command line and the tests: finds or makes the
 * binaries, runs them on loopback, and ends only what it started. Uses the JDK, Jackson for its record, BouncyCastle
 * for certificates and kube-api-test for downloads; knows nothing of the plugin.
 */
package io.jenkins.plugins.gitops.localcluster;
