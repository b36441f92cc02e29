/**
 * The config repository: fetch it, find the revision, read its files exactly as they were committed. Uses
 * {@code problem} and JGit, and knows nothing of manifests or clusters.
 */
package io.jenkins.plugins.gitops.engine.source;
