/**
 * The config repository: fetch it, find the revision, read its files exactly as they were committed, or as they stand on
 * disk where that is asked for. Starts at {@link io.jenkins.plugins.gitops.engine.source.ConfigRepository}; runs no
 * program, and no configuration makes it run one. Uses {@code problem}, {@code disk}, JGit and Bouncy Castle's OpenPGP, and
 * knows nothing of manifests or clusters.
 */
package io.jenkins.plugins.gitops.engine.source;
