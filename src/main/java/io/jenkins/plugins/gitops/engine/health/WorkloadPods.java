package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Explains by its pods why a workload does not come up. */
final class WorkloadPods {

    private static final PodRule POD = new PodRule();

    private WorkloadPods() {}

    /** The verdict on a Job that failed, explained by the last of its pods that did. */
    static Health explainFailure(Health verdict, LiveObject job, HealthContext context) {
        return context.pods(job.json()).stream()
                .map(LiveObject::new)
                .filter(pod -> pod.text("/status/phase").equals("Failed"))
                .max(Comparator.comparing(pod -> pod.text("/metadata/creationTimestamp")))
                .map(pod -> verdict.withMessage(verdict.message() + "; pod " + pod.name() + ": "
                        + POD.assess(pod, context).message()))
                .orElse(verdict);
    }

    /**
     * The verdict on a workload, worsened to degraded and explained where one of its pods is in trouble. Never terminal
     * for a pod's sake, since the controller may replace that pod.
     */
    static Health explain(Health verdict, LiveObject workload, HealthContext context) {
        if (verdict.status() != HealthStatus.PROGRESSING && verdict.status() != HealthStatus.DEGRADED) {
            return verdict;
        }
        List<String> troubles = new ArrayList<>();
        for (ObjectNode json : context.pods(workload.json())) {
            LiveObject pod = new LiveObject(json);
            // A pod that ended, by eviction for instance, stays behind after the controller has replaced it.
            if (pod.isBeingDeleted() || PodRule.hasEnded(pod)) {
                continue;
            }
            Health health = POD.assess(pod, context);
            if (health.status() == HealthStatus.DEGRADED) {
                troubles.add("pod " + pod.name() + ": " + health.message());
            }
        }
        if (troubles.isEmpty()) {
            return verdict;
        }
        String more = troubles.size() == 1 ? "" : " (and " + (troubles.size() - 1) + " more)";
        return new Health(HealthStatus.DEGRADED, verdict.message() + "; " + troubles.get(0) + more, verdict.terminal());
    }
}
