package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthContext;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the cluster why an object is not healthy: what its worst pod says, the last events of both, the last lines of
 * that pod's log. Asked only once somebody has to be told.
 */
final class Explainer {

    private final HealthRules rules;
    private final HealthContext cluster;
    private final Events events;
    private final PodLog log;
    private final Redaction redaction;

    Explainer(HealthRules rules, HealthContext cluster, Events events, PodLog log, Redaction redaction) {
        this.rules = rules;
        this.cluster = cluster;
        this.events = events;
        this.log = log;
        this.redaction = redaction;
    }

    /**
     * @param health with details
     * @param log lines for the console alone: a log may hold anything, so no report keeps it
     */
    record Explanation(Health health, List<String> log) {}

    Explanation explain(ObjectNode live, Health verdict) throws InterruptedException {
        Health health = verdict;
        Health again = rules.assess(live, cluster);
        if (again.status() == verdict.status() && again.terminal() == verdict.terminal()) {
            // By now its pods are known, too.
            health = again;
        }
        Set<String> details = new LinkedHashSet<>();
        List<String> lines = List.of();
        Optional<ObjectNode> pod = worstPod(live);
        if (pod.isPresent()) {
            String why = rules.assess(pod.get(), cluster).message();
            if (!why.isEmpty() && !health.message().contains(why)) {
                details.add("pod " + Inbox.name(pod.get()) + ": " + why);
            }
            details.addAll(events.of(pod.get()));
            lines = log.of(pod.get());
        }
        details.addAll(events.of(live));
        return new Explanation(
                health.withDetails(details.stream().map(redaction::known).toList()), lines);
    }

    private Optional<ObjectNode> worstPod(ObjectNode live) {
        if (live.path("kind").asText().equals("Pod")) {
            return Optional.of(live);
        }
        if (!LabelSelector.isWorkload(live)) {
            return Optional.empty();
        }
        List<ObjectNode> pods = new ArrayList<>(cluster.pods(live));
        pods.removeIf(pod -> pod.path("metadata").has("deletionTimestamp")
                || rules.assess(pod, cluster).status() == HealthStatus.HEALTHY);
        // Among those that are equally ill the youngest: it is of the newest revision.
        return pods.stream()
                .max(Comparator.comparing(
                                (ObjectNode pod) -> rules.assess(pod, cluster).status() == HealthStatus.DEGRADED)
                        .thenComparing(pod ->
                                pod.path("metadata").path("creationTimestamp").asText("")));
    }
}
