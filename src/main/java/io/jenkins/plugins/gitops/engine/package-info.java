/**
 * The engine: a config repository and a cluster in, a report out. Knows nothing of Jenkins and nothing of terminals. This
 * package holds the conductor; each room below it does one thing, and none of them uses this package.
 */
package io.jenkins.plugins.gitops.engine;
