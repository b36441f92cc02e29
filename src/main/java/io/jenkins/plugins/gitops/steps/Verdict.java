package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Words;

/**
 * What becomes of a build after a run.
 *
 * @param outcome whether the step succeeds, turns the build unstable, or fails
 * @param message why; empty where it succeeds
 */
record Verdict(Outcome outcome, String message) {

    static final Verdict GOOD = new Verdict(Outcome.SUCCESS, "");

    enum Outcome {
        SUCCESS,
        UNSTABLE,
        FAILURE
    }

    /** {@code shop: Not healthy: ...}. */
    static Verdict failure(String app, Report report) {
        return new Verdict(Outcome.FAILURE, Messages.Verdict_failure(app, Words.verdict(report), report.message()));
    }

    /** @param drifted what had drifted, in a sentence */
    static Verdict of(OnDrift onDrift, String drifted) {
        return switch (onDrift) {
            case UNSTABLE -> new Verdict(Outcome.UNSTABLE, drifted);
            case FAILURE -> new Verdict(Outcome.FAILURE, drifted);
            case IGNORE -> GOOD;
        };
    }

    /** @throws AbortException if the step fails */
    void throwIfFailed() throws AbortException {
        if (outcome == Outcome.FAILURE) {
            throw new AbortException(message);
        }
    }
}
