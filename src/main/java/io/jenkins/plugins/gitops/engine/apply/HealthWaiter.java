package io.jenkins.plugins.gitops.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResources;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.live.Followed;
import io.jenkins.plugins.gitops.engine.live.HealthFollower;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Target;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits until what was applied is healthy, or until one of it has failed for good, or until the time is up. May be asked
 * again and again, for one part of an app after the other.
 */
public final class HealthWaiter {

    private final HealthRules rules;
    private final HealthFollower follower;
    private final Map<ObjectId, Optional<String>> labels = new ConcurrentHashMap<>();

    public HealthWaiter(
            ObjectApi objects,
            ApiResources resources,
            HealthRules rules,
            HealthPolicy policy,
            ProgressListener progress) {
        this.rules = rules;
        this.follower = new HealthFollower(objects, resources, rules, progress, policy.pullGrace(), policy.logLines());
    }

    /** By which the verdicts are told. */
    public HealthRules rules() {
        return rules;
    }

    /** The last verdict on each object that was assessed. */
    public Map<ObjectId, Health> verdicts() {
        return follower.verdicts();
    }

    /** Why the last wait was in vain: what is not healthy, and whether waiting longer could have helped. */
    public String complaint() {
        return follower.complaint();
    }

    /** Assesses an object as it was seen. Several threads may. */
    public void assess(ObjectId id, ObjectNode live) {
        follower.assess(id, live);
        if (live != null) {
            labels.put(id, selector(live));
        }
    }

    /**
     * Waits.
     *
     * @param targets for what; those whose last verdict is healthy already cost nothing
     * @param timeout how long at most
     * @return whether all of them are healthy
     */
    public boolean await(List<Target> targets, Duration timeout) throws ClusterException, InterruptedException {
        targets.forEach(target -> follower.conceal(target.manifest().json()));
        return follower.await(targets.stream().map(this::followed).toList(), timeout);
    }

    /** By the mark that it carries in the cluster or, where it was not seen there, that it is to carry. */
    private Followed followed(Target target) {
        Optional<String> selector =
                labels.getOrDefault(target.id(), selector(target.manifest().json()));
        return new Followed(target.id(), target.resource(), selector.orElse(null));
    }

    private static Optional<String> selector(ObjectNode object) {
        JsonNode mark = object.path("metadata").path("labels").path(ApplySet.PART_OF_LABEL);
        return mark.isTextual() ? Optional.of(ApplySet.PART_OF_LABEL + "=" + mark.asText()) : Optional.empty();
    }
}
