package io.jenkins.plugins.gitops.engine.annotation;

/** When a hook runs. */
public enum HookPhase {
    /** Before the first object is written. */
    PRE_SYNC("PreSync"),
    /** With the objects, in its wave. */
    SYNC("Sync"),
    /** After everything is healthy. */
    POST_SYNC("PostSync"),
    /** After a sync has failed. */
    SYNC_FAIL("SyncFail"),
    /** Before the app is deleted. */
    PRE_DELETE("PreDelete"),
    /** After the app was deleted. */
    POST_DELETE("PostDelete");

    private final String name;

    HookPhase(String name) {
        this.name = name;
    }

    /** As Argo CD writes it: {@code PreSync}. */
    public String title() {
        return name;
    }
}
