package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/**
 * Healthy once it exists, since nothing has to happen before the next run. How the last one ended belongs to an earlier
 * moment, perhaps to an earlier version, and is only told.
 */
final class CronJobRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("CronJob.batch");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (live.isTrue("/spec/suspend")) {
            return Health.suspended("spec.suspend is true");
        }
        String scheduled = live.text("/status/lastScheduleTime");
        if (scheduled.isEmpty()) {
            return Health.healthy("has not run yet");
        }
        boolean running = !live.at("/status/active").isEmpty();
        // Both are in UTC and to the second, so their texts compare as the times do.
        String succeeded = live.text("/status/lastSuccessfulTime");
        if (running || succeeded.compareTo(scheduled) >= 0) {
            return Health.healthy();
        }
        return Health.healthy("the run of " + scheduled + " did not succeed");
    }
}
