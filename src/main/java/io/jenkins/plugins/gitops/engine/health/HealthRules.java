package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules by kind, and the generic one for every kind that has none. Immutable. */
public final class HealthRules {

    private static final HealthRules STANDARD = new HealthRules(Map.of())
            .with(new DeploymentRule())
            .with(new StatefulSetRule())
            .with(new DaemonSetRule())
            .with(new ReplicaSetRule())
            .with(new ReplicationControllerRule())
            .with(new PodRule())
            .with(new JobRule())
            .with(new CronJobRule())
            .with(new PersistentVolumeClaimRule())
            .with(new PersistentVolumeRule())
            .with(new VolumeAttachmentRule())
            .with(new ServiceRule())
            .with(new ServiceCIDRRule())
            .with(new IngressRule())
            .with(new HorizontalPodAutoscalerRule())
            .with(new PodDisruptionBudgetRule())
            .with(new CustomResourceDefinitionRule())
            .with(new APIServiceRule())
            .with(new NamespaceRule())
            .with(new NodeRule())
            .with(new ResourceQuotaRule())
            .with(new ResourceClaimRule())
            .with(new CertificateSigningRequestRule())
            .with(new PodCertificateRequestRule())
            .with(new StorageVersionMigrationRule())
            .with(new FlowSchemaRule())
            .with(new ValidatingAdmissionPolicyRule())
            .with(new GatewayClassRule())
            .with(new GatewayRule())
            .with(new RouteRule())
            .with(new BackendTLSPolicyRule())
            .with(new RolloutRule())
            .with(new WorkflowRule());

    private final Map<String, HealthRule> rules;
    private final GenericRule generic = new GenericRule();

    private HealthRules(Map<String, HealthRule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /** The rules for the kinds that Kubernetes has, for the Gateway API, for Argo Rollouts and Argo Workflows. */
    public static HealthRules standard() {
        return STANDARD;
    }

    /** These rules and one more, which takes its kinds over from the rule that had them. */
    public HealthRules with(HealthRule rule) {
        Map<String, HealthRule> extended = new HashMap<>(rules);
        rule.groupKinds().forEach(groupKind -> extended.put(groupKind, rule));
        return new HealthRules(extended);
    }

    /**
     * These rules and the user's own, which go before those that are here for the same kinds.
     *
     * @throws BadInputException with every expression that cannot be compiled
     */
    public HealthRules with(List<HealthExpression> expressions) throws BadInputException {
        HealthRules extended = this;
        List<Problem> problems = new ArrayList<>();
        for (HealthExpression expression : expressions) {
            try {
                extended = extended.with(ExpressionRule.compile(expression));
            } catch (BadInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return extended;
    }

    /** Whether a kind has a rule of its own; {@code Kind.group}, and {@code Kind} alone in the core group. */
    public boolean knows(String groupKind) {
        return rules.containsKey(groupKind);
    }

    /** The health of an object, told from the object alone. */
    public Health assess(ObjectNode live) {
        return assess(live, HealthContext.NONE);
    }

    /**
     * The health of an object.
     *
     * @param live as the API server returned it; {@code null} where it is not in the cluster
     * @param context what else is known of the cluster
     */
    public Health assess(ObjectNode live, HealthContext context) {
        if (live == null) {
            return Health.missing();
        }
        LiveObject object = new LiveObject(live);
        if (object.isBeingDeleted()) {
            return beingDeleted(object);
        }
        HealthRule rule = rules.get(object.groupKind());
        return rule == null ? generic.assess(object) : rule.assess(object, context);
    }

    private static Health beingDeleted(LiveObject object) {
        List<String> finalizers = object.texts("/metadata/finalizers");
        // A namespace says in conditions what is left in it; only there are conditions about the deletion.
        String remaining = !object.groupKind().equals("Namespace")
                ? ""
                : object.conditions().stream()
                        .filter(Condition::isTrue)
                        .map(c -> "; " + c.message())
                        .collect(Collectors.joining());
        return Health.progressing("being deleted"
                + (finalizers.isEmpty() ? "" : "; waiting for the finalizers " + String.join(", ", finalizers))
                + remaining);
    }
}
