/**
 * The command line {@code gitops}: turns words into requests to the engine and reports into words. Uses the engine and
 * the local control plane; nothing uses it.
 */
package io.jenkins.plugins.gitops.cli;
