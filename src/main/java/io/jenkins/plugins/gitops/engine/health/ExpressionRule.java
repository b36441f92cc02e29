package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.cel.CelEnvironment;
import io.jenkins.plugins.gitops.engine.cel.CelException;
import io.jenkins.plugins.gitops.engine.cel.CelExpression;
import io.jenkins.plugins.gitops.engine.cel.CelValues;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user's own rule. As in Flux: as long as the generation was not observed it is in progress; then the first of {@code
 * inProgress}, {@code failed} and {@code current} that is true decides; where none is, it is in progress.
 */
final class ExpressionRule implements HealthRule {

    /** A name that does not follow a dot and is not called: what an expression may mean by it is a field of the object. */
    private static final Pattern FIELD = Pattern.compile("(?<![\\w.?\"'])([A-Za-z_]\\w*)\\b(?!\\s*\\()");

    private static final Set<String> WORDS = Set.of("true", "false", "null", "in");

    private record Check(String name, CelExpression expression, Health verdict) {}

    private final String groupKind;
    private final List<Check> checks;

    private ExpressionRule(String groupKind, List<Check> checks) {
        this.groupKind = groupKind;
        this.checks = List.copyOf(checks);
    }

    static ExpressionRule compile(HealthExpression expression) throws BadInputException {
        List<Check> checks = new ArrayList<>();
        add(checks, expression, "inProgress", expression.inProgress(), Health.progressing("inProgress is true"));
        add(checks, expression, "failed", expression.failed(), Health.failed("failed is true"));
        add(checks, expression, "current", expression.current(), Health.healthy());
        return new ExpressionRule(expression.groupKind(), checks);
    }

    private static void add(List<Check> checks, HealthExpression expression, String name, String text, Health verdict)
            throws BadInputException {
        if (text == null) {
            return;
        }
        String what = "the health expression \"" + name + "\" for " + expression.groupKind();
        try {
            CelExpression compiled = CelEnvironment.of(fields(text)).compile(text);
            if (!compiled.mayBeBoolean()) {
                throw new BadInputException(what + " is neither true nor false", "compare something in it");
            }
            checks.add(new Check(name, compiled, verdict));
        } catch (CelException e) {
            throw new BadInputException(what + " cannot be compiled: " + e.getMessage(), "");
        }
    }

    /** Not every kind keeps to metadata, spec and status, so any name may be a field of the object. */
    private static String[] fields(String expression) {
        Set<String> names = new java.util.TreeSet<>();
        Matcher matcher = FIELD.matcher(expression);
        while (matcher.find()) {
            if (!WORDS.contains(matcher.group(1))) {
                names.add(matcher.group(1));
            }
        }
        return names.toArray(String[]::new);
    }

    @Override
    public Set<String> groupKinds() {
        return Set.of(groupKind);
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!Generations.isObserved(live)) {
            return Generations.waiting(live);
        }
        Map<String, Object> fields = new HashMap<>();
        live.json().properties().forEach(field -> fields.put(field.getKey(), CelValues.of(field.getValue())));
        for (Check check : checks) {
            try {
                Object answer = check.expression().evaluate(fields);
                if (Boolean.TRUE.equals(answer)) {
                    return explained(check.verdict(), live);
                }
                if (!(answer instanceof Boolean)) {
                    return Health.unknown("the health expression \"" + check.name()
                            + "\" cannot be told: a field that it names is not there");
                }
            } catch (CelException e) {
                return Health.unknown(
                        "the health expression \"" + check.name() + "\" cannot be told: " + e.getMessage());
            }
        }
        return explained(Health.progressing("waiting for its health expression \"current\" to become true"), live);
    }

    /** An expression says nothing but yes and no; the object's own summary may say why. */
    private static Health explained(Health verdict, LiveObject live) {
        Optional<Condition> summary = live.conditions().find("Ready").filter(c -> !c.isTrue());
        return verdict.status() == HealthStatus.HEALTHY || summary.isEmpty()
                ? verdict
                : verdict.withMessage(summary.get().explain(verdict.message()));
    }
}
