package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthContext;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Follows objects by watches until they are healthy, or until one of them has failed for good, or until the time is up.
 * Several threads may assess; one waits, as often as it likes, and the verdicts are remembered between.
 */
public final class HealthFollower {

    private static final long TICK_MILLIS = 1_000;
    /** Events come in bursts; what comes within this time is looked at together. */
    private static final long BURST_MILLIS = 50;
    /** What takes longer is looked at closely: why does a workload not come up? */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Each costs a few requests, and nobody reads more. */
    private static final int EXPLAINED = 5;

    private final ObjectApi objects;
    private final ApiResources resources;
    private final HealthRules rules;
    private final ProgressListener progress;
    private final Duration pullGrace;
    private final HealthContext cluster;
    private final Redaction redaction = new Redaction();
    private final Explainer explainer;
    private final Map<ObjectId, Health> verdicts = new ConcurrentHashMap<>();
    private String complaint = "";

    /**
     * @param pullGrace for how long an image may fail to be pulled before that counts as final
     * @param logLines how many lines of a failing container's log are told; 0 for none
     */
    public HealthFollower(
            ObjectApi objects,
            ApiResources resources,
            HealthRules rules,
            ProgressListener progress,
            Duration pullGrace,
            int logLines) {
        this.objects = objects;
        this.resources = resources;
        this.rules = rules;
        this.progress = progress;
        this.pullGrace = pullGrace;
        this.cluster = new LiveContext(objects, resources);
        this.explainer = new Explainer(
                rules,
                cluster,
                new Events(objects, resources),
                new PodLog(objects, resources, redaction, logLines),
                redaction);
    }

    /** A Secret whose values must not be shown, whoever quotes them. Other objects are ignored. */
    public void conceal(ObjectNode secret) {
        redaction.know(secret);
    }

    /** The last verdict on each object that was assessed. */
    public Map<ObjectId, Health> verdicts() {
        return verdicts;
    }

    /** Why the last wait was in vain: what is not healthy, and whether waiting longer could have helped. */
    public String complaint() {
        return complaint;
    }

    /**
     * Assesses objects as they were seen, asks the cluster why the first few of those that are not healthy are not, and
     * tells what their pods have logged.
     *
     * @param seen by identity; what is not in it is missing
     */
    public void examine(Collection<ObjectId> ids, Map<ObjectId, ObjectNode> seen) throws InterruptedException {
        int explained = 0;
        for (ObjectId id : ids) {
            Health verdict = rules.assess(seen.get(id), cluster);
            verdicts.put(id, verdict);
            if (seen.containsKey(id) && WaitProgress.isOpen(verdict) && explained < EXPLAINED) {
                explained++;
                explain(id, seen.get(id));
            }
        }
    }

    /** Keeps what explains the verdict on an object, and tells the rest. */
    private void explain(ObjectId id, ObjectNode live) throws InterruptedException {
        Explainer.Explanation why = explainer.explain(live, verdicts.get(id));
        verdicts.put(id, why.health());
        if (!why.health().details().isEmpty() || !why.log().isEmpty()) {
            progress.message("about " + id + ":");
            why.health().details().forEach(line -> progress.message("  " + visible(line)));
            why.log().forEach(line -> progress.message("  " + visible(line)));
        }
    }

    /** Without what hides or turns the reading direction round: a log and an event may hold anything. */
    private static String visible(String line) {
        return line.replaceAll("[\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }

    /** Assesses an object as it was seen, without asking for more than what it refers to. Several threads may. */
    public void assess(ObjectId id, ObjectNode live) {
        verdicts.put(id, rules.assess(live, cluster::find));
    }

    /**
     * Waits.
     *
     * @param followed for what; where the last verdict on each is healthy, it costs nothing
     * @param timeout how long at most
     * @return whether all of them are healthy
     * @throws ClusterException if the credential is refused, or the cluster could not be asked when the time was up
     */
    public boolean await(List<Followed> followed, Duration timeout) throws ClusterException, InterruptedException {
        Wait wait = new Wait(followed, timeout);
        if (wait.openNow() && !timeout.isZero()) {
            wait.follow();
            wait.explain();
        }
        return wait.end();
    }

    /** One wait. */
    private final class Wait {

        private final List<Followed> followed;
        private final Map<ObjectId, Followed> byId = new HashMap<>();
        private final WaitProgress state;
        private final Inbox inbox = new Inbox();
        private final FollowedContext context = new FollowedContext(inbox, cluster);
        private final PullGrace pulls = new PullGrace(pullGrace);
        private final Set<ObjectId> seen = new HashSet<>();

        Wait(List<Followed> followed, Duration timeout) {
            this.followed = followed;
            followed.forEach(one -> byId.put(one.id(), one));
            this.state = new WaitProgress(followed, verdicts, timeout, progress);
        }

        boolean openNow() {
            return !state.open().isEmpty();
        }

        void follow() throws ClusterException, InterruptedException {
            try (Watches watches = new Watches(objects)) {
                ObjectChannel.of(inbox, alike(state.open())).forEach(watches::follow);
                boolean closely = false;
                // What is known is what was seen before; nothing is said of that.
                Thread.sleep(BURST_MILLIS);
                while (!state.isOver()) {
                    Inbox.News news = inbox.take(Math.min(TICK_MILLIS, state.millisLeft()));
                    boolean tick = news.objects().isEmpty() && news.pods().isEmpty();
                    (tick ? ids(state.open()) : affected(news)).forEach(this::look);
                    if (!closely && state.elapsed().compareTo(PATIENCE) >= 0) {
                        closely = true;
                        followPods(watches);
                    }
                    state.tell();
                    if (!tick && !state.isOver()) {
                        Thread.sleep(BURST_MILLIS);
                    }
                }
            }
        }

        /** Why the first few are not healthy; those that have failed for good come first. */
        void explain() throws InterruptedException {
            List<Followed> open = state.open().stream()
                    .sorted(Comparator.comparing(one -> !state.isFinal(one)))
                    .limit(EXPLAINED)
                    .toList();
            for (Followed one : open) {
                Optional<ObjectNode> live = inbox.object(one.id());
                if (live.isPresent()) {
                    HealthFollower.this.explain(one.id(), live.get());
                }
            }
        }

        boolean end() throws ClusterException {
            complaint = state.complaint();
            if (!complaint.isEmpty() && !state.hasFinal() && inbox.trouble().isPresent()) {
                throw inbox.trouble().get();
            }
            return complaint.isEmpty();
        }

        /** What is open and, since it costs no watch more, what is of the same kind: it may become unhealthy again. */
        private Collection<Followed> alike(List<Followed> open) {
            Set<ApiResource> kinds = new HashSet<>();
            open.forEach(one -> kinds.add(one.resource()));
            return followed.stream()
                    .filter(one -> kinds.contains(one.resource()))
                    .toList();
        }

        /** The objects that have changed, and the workloads that may have changed with their pods. */
        private Set<ObjectId> affected(Inbox.News news) {
            Set<ObjectId> affected = new LinkedHashSet<>(news.objects());
            for (Followed one : news.pods().isEmpty() ? List.<Followed>of() : state.open()) {
                if (news.pods().contains(one.id().namespace())) {
                    affected.add(one.id());
                }
            }
            affected.retainAll(byId.keySet());
            return affected;
        }

        private void look(ObjectId id) {
            ObjectNode live = inbox.object(id).orElse(null);
            if (live != null) {
                seen.add(id);
                Health verdict = rules.assess(live, context);
                verdicts.put(id, pulls.judge(verdict, live, context.pods(live), context.now()));
            } else if (inbox.isKnown(id)) {
                verdicts.put(id, seen.contains(id) ? Health.missing("it is gone") : Health.missing());
            }
        }

        /** The pods of all workloads, by one watch. */
        private void followPods(Watches watches) {
            Set<String> namespaces = new HashSet<>();
            Set<LabelSelector> selectors = new HashSet<>();
            boolean all = false;
            for (Followed one : state.open()) {
                ObjectNode live = inbox.object(one.id()).orElse(null);
                if (live == null ? !one.id().namespace().isEmpty() : LabelSelector.isWorkload(live)) {
                    namespaces.add(one.id().namespace());
                    all |= live == null;
                    if (live != null) {
                        selectors.add(LabelSelector.of(live));
                    }
                }
            }
            ApiResource pods = resources.findByGroupKind("Pod").orElse(null);
            if (pods != null && !namespaces.isEmpty()) {
                String labels = all ? null : LabelSelector.union(selectors);
                watches.follow(new PodChannel(inbox, pods, labels, namespaces));
            }
        }

        private Set<ObjectId> ids(List<Followed> some) {
            Set<ObjectId> ids = new LinkedHashSet<>();
            some.forEach(one -> ids.add(one.id()));
            return ids;
        }
    }
}
