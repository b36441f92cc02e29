package io.jenkins.plugins.gitops.engine.plan;

/** What a sync does to one object. */
public enum Action {
    /** It does not exist yet. */
    CREATE("create", "created"),
    /** It exists and differs from what Git declares. */
    UPDATE("update", "updated"),
    /** It exists, and it is deleted and made again, since a field that differs cannot be changed. */
    REPLACE("replace", "replaced"),
    /** It is exactly what Git declares. */
    NONE("unchanged", "unchanged"),
    /** It carries the app's mark and Git declares it no more. */
    PRUNE("prune", "pruned"),
    /** It would be pruned, but it is kept: an opt-out says so, or pruning is off. */
    KEEP("keep", "kept");

    private final String verb;
    private final String done;

    Action(String verb, String done) {
        this.verb = verb;
        this.done = done;
    }

    /** As a plan says it: {@code create}. */
    public String verb() {
        return verb;
    }

    /** As a finished sync says it: {@code created}. */
    public String done() {
        return done;
    }

    /** Whether the cluster is written to. */
    public boolean writes() {
        return this == CREATE || this == UPDATE || this == REPLACE || this == PRUNE;
    }
}
