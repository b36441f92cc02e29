package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Healthy when the controller has read the target's scale and its metrics, or found nothing to scale. */
final class HorizontalPodAutoscalerRule implements HealthRule {

    /** Where {@code autoscaling/v1}, which has no {@code status.conditions}, keeps them as JSON. */
    private static final String V1_CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";

    private static final Pattern FAILURE = Pattern.compile("Failed.*|Invalid.*|Ambiguous.*");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Set<String> groupKinds() {
        return Set.of("HorizontalPodAutoscaler.autoscaling");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isObserved(live)) {
            return Generations.waiting(live);
        }
        Conditions conditions;
        try {
            String v1 = live.annotation(V1_CONDITIONS);
            conditions = v1.isEmpty() ? live.conditions() : Conditions.of(JSON.readTree(v1));
        } catch (JsonProcessingException e) {
            return Health.unknown("annotation " + V1_CONDITIONS + " is not JSON");
        }
        Optional<Condition> failure = conditions.stream()
                .filter(c -> FAILURE.matcher(c.reason()).matches())
                .findFirst();
        if (failure.isPresent()) {
            return Health.degraded(failure.get().explain("cannot scale"));
        }
        boolean works = conditions.ifTrue("AbleToScale").isPresent()
                || conditions.ifTrue("ScalingLimited").isPresent();
        return works ? Health.healthy() : Health.progressing("waiting for the autoscaler to read the target's scale");
    }
}
