/**
 * Desired against live: what a sync would do, object by object and field by field, and why each differs. Talks to the
 * cluster to read and to dry-run, never to write. Uses {@code cluster}, {@code ignore}, {@code inventory},
 * {@code annotation}, {@code manifest} and {@code problem}.
 */
package io.jenkins.plugins.gitops.engine.plan;
