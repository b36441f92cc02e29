package io.jenkins.plugins.gitops.engine.annotation;

/** When the object of a hook goes. */
public enum HookDeletePolicy {
    HOOK_SUCCEEDED,
    HOOK_FAILED,
    BEFORE_HOOK_CREATION
}
