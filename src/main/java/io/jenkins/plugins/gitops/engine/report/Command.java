package io.jenkins.plugins.gitops.engine.report;

/** What was asked for. */
public enum Command {
    SYNC,
    PLAN,
    DRIFT,
    VALIDATE
}
