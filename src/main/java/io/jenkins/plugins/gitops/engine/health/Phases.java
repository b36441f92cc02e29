package io.jenkins.plugins.gitops.engine.health;

import java.util.Locale;
import java.util.Set;

/**
 * The older convention of custom kinds: one word in {@code status.phase} or {@code status.state}. Only words with one
 * meaning count; {@code Running} is the end for a server and the middle for a task.
 */
final class Phases {

    private static final Set<String> FAILED = Set.of("failed", "error", "degraded");

    private static final Set<String> UNDERWAY = Set.of(
            "pending",
            "progressing",
            "inprogress",
            "creating",
            "provisioning",
            "initializing",
            "installing",
            "deploying",
            "updating",
            "upgrading",
            "reconciling");

    private Phases() {}

    static Health assess(LiveObject live) {
        String phase = live.text("/status/phase", live.text("/status/state"));
        String word = phase.toLowerCase(Locale.ROOT);
        String message = live.text("/status/message");
        String why = "phase " + phase + (message.isEmpty() ? "" : "; " + message);
        if (FAILED.contains(word)) {
            return Health.degraded(why);
        }
        return UNDERWAY.contains(word) ? Health.progressing(why) : Health.healthy();
    }
}
