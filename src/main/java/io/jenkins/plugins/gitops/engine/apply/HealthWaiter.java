package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthContext;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Waits until objects are healthy, or until one of them has failed for good, or until the time is up. */
public final class HealthWaiter {

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final ObjectApi objects;
    private final HealthRules rules;
    private final HealthContext context;
    private final HealthContext thoroughContext;
    private final ProgressListener progress;
    private String complaint = "";
    private final Map<ObjectId, Health> verdicts = new ConcurrentHashMap<>();

    public HealthWaiter(ObjectApi objects, ApiResources resources, HealthRules rules, ProgressListener progress) {
        this.objects = objects;
        this.rules = rules;
        this.context = new LiveContext(objects, resources, false);
        this.thoroughContext = new LiveContext(objects, resources, true);
        this.progress = progress;
    }

    /** The last verdict on each object that was assessed. */
    public Map<ObjectId, Health> verdicts() {
        return verdicts;
    }

    /** Why the last wait was in vain: what is not healthy, and whether waiting longer could have helped. */
    public String complaint() {
        return complaint;
    }

    private String complaint(List<Target> open, Duration timeout) {
        if (open.isEmpty()) {
            return "";
        }
        boolean failed = open.stream().anyMatch(this::isFinal);
        return (failed ? "failed for good: " : "not healthy within " + timeout.toSeconds() + " s: ") + describe(open);
    }

    /** Assesses an object as it was seen. */
    public void assess(ObjectId id, ObjectNode live) {
        verdicts.put(id, rules.assess(live, context));
    }

    /**
     * Waits.
     *
     * @param targets for what; those whose last verdict is healthy already cost nothing
     * @param timeout how long at most
     * @return whether all of them are healthy
     */
    public boolean await(List<Target> targets, Duration timeout) throws ClusterException, InterruptedException {
        long start = System.nanoTime();
        long deadline = start + timeout.toNanos();
        long lastWord = start;
        long pause = FIRST_PAUSE_MILLIS;
        int lastReady = -1;
        while (true) {
            List<Target> open = open(targets);
            int ready = targets.size() - open.size();
            boolean over = open.isEmpty() || open.stream().anyMatch(this::isFinal) || System.nanoTime() >= deadline;
            boolean heartbeat = System.nanoTime() - lastWord >= HEARTBEAT.toNanos();
            if (!open.isEmpty() && (ready != lastReady || heartbeat || over)) {
                lastReady = ready;
                lastWord = System.nanoTime();
                progress.waiting(ready, targets.size(), Duration.ofNanos(lastWord - start), describe(open));
            }
            if (over) {
                complaint = complaint(open, timeout);
                return open.isEmpty();
            }
            Thread.sleep(Math.min(pause, Math.max(1, (deadline - System.nanoTime()) / 1_000_000)));
            pause = Math.min(pause * 3 / 2, LONGEST_PAUSE_MILLIS);
            // What takes long is looked at closely: why does a Deployment not come up?
            boolean closely = System.nanoTime() - start >= PATIENCE.toNanos();
            Parallel.forEach(open, target -> look(target, closely ? thoroughContext : context));
        }
    }

    private void look(Target target, HealthContext known) throws ClusterException, InterruptedException {
        ObjectId id = target.id();
        Optional<ObjectNode> live = objects.get(target.resource(), id.namespace(), id.name());
        if (live.isPresent()) {
            verdicts.put(id, rules.assess(live.get(), known));
        } else {
            verdicts.put(id, new Health(HealthStatus.MISSING, "it is gone", false));
        }
    }

    private List<Target> open(List<Target> targets) {
        List<Target> open = new ArrayList<>();
        for (Target target : targets) {
            Health health = verdicts.get(target.id());
            // What somebody suspended does not progress until somebody resumes it: nothing to wait for.
            if (health == null
                    || health.status() != HealthStatus.HEALTHY && health.status() != HealthStatus.SUSPENDED) {
                open.add(target);
            }
        }
        return open;
    }

    private boolean isFinal(Target target) {
        Health health = verdicts.get(target.id());
        return health != null && health.terminal();
    }

    private String describe(List<Target> open) {
        Target first = open.stream().filter(this::isFinal).findFirst().orElse(open.get(0));
        Health health = verdicts.get(first.id());
        String more = open.size() > 1 ? " (and " + (open.size() - 1) + " more)" : "";
        return first.id() + ": " + (health == null ? "not looked at yet" : health.message()) + more;
    }
}
