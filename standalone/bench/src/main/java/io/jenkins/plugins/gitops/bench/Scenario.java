package io.jenkins.plugins.gitops.bench;

/** What is measured, in this order. */
enum Scenario {
    FIRST("first sync"),
    NOOP("no-op sync"),
    PROBE_FIRST("probe, the first"),
    DRIFT("drift check, 1 % changed"),
    PROBE("probe, 1 % changed since the last"),
    HEAL("healing sync of 1 %"),
    PRUNE("pruning 10 %");

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
