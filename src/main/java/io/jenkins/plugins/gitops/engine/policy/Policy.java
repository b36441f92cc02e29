package io.jenkins.plugins.gitops.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cel.CelEnvironment;
import io.jenkins.plugins.gitops.engine.cel.CelException;
import io.jenkins.plugins.gitops.engine.cel.CelExpression;
import io.jenkins.plugins.gitops.engine.cel.LazyFailure;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.schema.Schemas;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A {@code ValidatingAdmissionPolicy}, compiled. */
final class Policy {

    private static final int MAX_MESSAGE = 5 * 1024;

    /**
     * What a policy decides.
     *
     * @param certain whether an expression said no; not where it failed
     * @param needsCluster whether only a cluster can tell
     */
    record Decision(String message, boolean certain, boolean needsCluster) {}

    /** An expression, or why it cannot be compiled. */
    private record Compiled(String text, CelExpression expression, CelException failure) {

        Object evaluate(Map<String, Object> variables) throws CelException {
            if (failure != null) {
                throw failure;
            }
            return expression.evaluate(variables);
        }
    }

    private record Validation(Compiled expression, String message, Compiled messageExpression) {}

    private final Manifest manifest;
    private final MatchResources match;
    private final boolean failClosed;
    private final Map<String, Compiled> variables = new LinkedHashMap<>();
    private final List<Compiled> conditions = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();
    private final List<Compiled> annotations = new ArrayList<>();
    private final List<PolicyFault> faults = new ArrayList<>();

    Policy(Manifest manifest, Schemas schemas) {
        this.manifest = manifest;
        JsonNode spec = manifest.json().path("spec");
        match = new MatchResources(spec.path("matchConstraints"), schemas);
        failClosed = !spec.path("failurePolicy").asText("Fail").equals("Ignore");
        CelEnvironment environment = AdmissionObject.environment(hasParams());
        JsonNode declared = spec.path("variables");
        for (int i = 0; i < declared.size(); i++) {
            variables.put(
                    declared.path(i).path("name").asText(),
                    compiled(environment, declared.path(i).path("expression"), "spec.variables[" + i + "].expression"));
        }
        JsonNode conditionList = spec.path("matchConditions");
        for (int i = 0; i < conditionList.size(); i++) {
            conditions.add(compiled(
                    environment,
                    conditionList.path(i).path("expression"),
                    "spec.matchConditions[" + i + "].expression"));
        }
        JsonNode validationList = spec.path("validations");
        for (int i = 0; i < validationList.size(); i++) {
            JsonNode validation = validationList.path(i);
            String path = "spec.validations[" + i + "]";
            validations.add(new Validation(
                    compiled(environment, validation.path("expression"), path + ".expression"),
                    validation.path("message").asText("").trim(),
                    validation.hasNonNull("messageExpression")
                            ? compiled(environment, validation.path("messageExpression"), path + ".messageExpression")
                            : null));
        }
        JsonNode annotationList = spec.path("auditAnnotations");
        for (int i = 0; i < annotationList.size(); i++) {
            annotations.add(compiled(
                    environment,
                    annotationList.path(i).path("valueExpression"),
                    "spec.auditAnnotations[" + i + "].valueExpression"));
        }
    }

    private Compiled compiled(CelEnvironment environment, JsonNode expression, String path) {
        String text = expression.asText("");
        try {
            return new Compiled(text, environment.compile(text), null);
        } catch (CelException e) {
            faults.add(new PolicyFault(manifest, path, e));
            return new Compiled(text, null, e);
        }
    }

    String name() {
        return manifest.name();
    }

    Manifest manifest() {
        return manifest;
    }

    /** What is wrong with the policy itself. */
    List<PolicyFault> faults() {
        return faults;
    }

    boolean hasParams() {
        return manifest.json().path("spec").hasNonNull("paramKind");
    }

    JsonNode paramKind() {
        return manifest.json().path("spec").path("paramKind");
    }

    boolean failsClosed() {
        return failClosed;
    }

    boolean matches(AdmissionObject object) {
        return match.matches(object);
    }

    /**
     * @param params a value of CEL; ignored where the policy has no kind of parameters
     * @return what speaks against the object, for each validation that does
     */
    List<Decision> decide(AdmissionObject object, Object params) {
        Map<String, Object> known = new HashMap<>(object.variables());
        if (hasParams()) {
            known.put("params", params);
        }
        known.put("variables", new Variables(known));
        List<Decision> decisions = new ArrayList<>();
        if (!conditionsHold(known, decisions)) {
            return decisions;
        }
        for (Validation validation : validations) {
            try {
                if (!Boolean.TRUE.equals(validation.expression().evaluate(known))) {
                    decisions.add(new Decision(message(validation, known), true, false));
                }
            } catch (CelException e) {
                failed(validation.expression(), e, decisions);
            }
        }
        for (Compiled annotation : annotations) {
            try {
                annotation.evaluate(known);
            } catch (CelException e) {
                failed(annotation, e, decisions);
            }
        }
        return decisions;
    }

    /** One that is false counts for more than one that fails. */
    private boolean conditionsHold(Map<String, Object> known, List<Decision> decisions) {
        List<Decision> failures = new ArrayList<>();
        boolean failing = false;
        for (Compiled condition : conditions) {
            try {
                if (Boolean.FALSE.equals(condition.evaluate(known))) {
                    return false;
                }
            } catch (CelException e) {
                failing = true;
                failed(condition, e, failures);
            }
        }
        decisions.addAll(failures);
        return !failing;
    }

    private void failed(Compiled expression, CelException e, List<Decision> decisions) {
        boolean needsCluster = e.reason() == CelException.Reason.NEEDS_CLUSTER;
        if (needsCluster) {
            decisions.add(new Decision(e.getMessage(), false, true));
        } else if (failClosed && e.reason() != CelException.Reason.COMPILATION) {
            // What cannot be compiled is told once, of the policy: no server would have taken it.
            String message =
                    switch (e.reason()) {
                        case COST ->
                            "validation failed due to running out of cost budget, no further validation rules"
                                    + " will be run";
                        default -> "expression '" + expression.text() + "' resulted in error: " + e.getMessage();
                    };
            decisions.add(new Decision(message, false, false));
        }
    }

    private static String message(Validation validation, Map<String, Object> known) {
        if (validation.messageExpression() != null) {
            try {
                if (validation.messageExpression().evaluate(known) instanceof String text) {
                    String trimmed = text.trim();
                    if (!trimmed.isEmpty() && trimmed.length() <= MAX_MESSAGE && trimmed.indexOf('\n') < 0) {
                        return trimmed;
                    }
                }
            } catch (CelException e) {
                // As on the server, the fixed message is good enough then.
            }
        }
        return validation.message().isEmpty()
                ? "failed expression: " + validation.expression().text().trim()
                : validation.message();
    }

    /** Each is computed once, when it is first asked for. */
    private final class Variables extends AbstractMap<String, Object> {

        private final Map<String, Object> known;
        private final Map<String, Object> values = new HashMap<>();
        private final Map<String, LazyFailure> failures = new HashMap<>();

        Variables(Map<String, Object> known) {
            this.known = known;
        }

        @Override
        public boolean containsKey(Object key) {
            return variables.containsKey(key);
        }

        @Override
        public Object get(Object key) {
            if (failures.containsKey(key)) {
                throw failures.get(key);
            }
            if (!values.containsKey(key) && variables.containsKey(key)) {
                String name = (String) key;
                // One that asks for itself finds itself failed.
                failures.put(name, new LazyFailure(CelException.evaluation("variable " + name + " asks for itself")));
                try {
                    values.put(name, variables.get(name).evaluate(known));
                    failures.remove(name);
                } catch (CelException e) {
                    LazyFailure failure = new LazyFailure(
                            e.reason() == CelException.Reason.EVALUATION
                                    ? CelException.evaluation(
                                            "composited variable \"" + name + "\" fails to evaluate: " + e.getMessage())
                                    : e);
                    failures.put(name, failure);
                    throw failure;
                }
            }
            return values.get(key);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            variables.keySet().forEach(this::get);
            return values.entrySet();
        }
    }
}
