package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.report.Status;

/**
 * Why a phase of a sync ended it.
 *
 * @param message one sentence
 */
record Failure(Status status, String message) {}
