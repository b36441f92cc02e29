package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.jenkins.plugins.gitops.engine.cel.CelException.Reason;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A compiled expression. Can be evaluated by many threads at a time. */
public final class CelExpression {

    private static final Pattern MISSING_KEY = Pattern.compile("key '(.*)' is not present in map\\.?", Pattern.DOTALL);

    /** In the words of the API server. */
    private static final Map<String, String> WORDS =
            Map.of("/ by zero", "division by zero", "long overflow", "integer overflow");

    private final String text;
    private final CelRuntime.Program program;
    private final CelType type;

    CelExpression(String text, CelRuntime.Program program, CelType type) {
        this.text = text;
        this.program = program;
        this.type = type;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Whether it can be {@code true} or {@code false}; what depends on the values may be. */
    public boolean mayBeBoolean() {
        return may(SimpleType.BOOL);
    }

    /** Whether it can be a string; what depends on the values may be. */
    public boolean mayBeString() {
        return may(SimpleType.STRING);
    }

    private boolean may(CelType wanted) {
        return type.equals(wanted) || type.equals(SimpleType.DYN);
    }

    /**
     * @param variables by name, as {@link CelValues} makes them; a map may compute its values when they are asked for
     * @return a {@code Boolean}, {@code Long}, {@code Double}, {@code String}, {@code List}, {@code Map},
     *     {@link CelValues#NULL}, or what else CEL knows
     * @throws CelException if it fails for these values, or costs too much
     */
    public Object evaluate(Map<String, ?> variables) throws CelException {
        Budget budget = Budget.begin();
        try {
            Object value = program.eval(variables);
            if (Budget.currentIsSpent()) {
                throw costly();
            }
            return value;
        } catch (CelEvaluationException e) {
            throw failure(e);
        } catch (StackOverflowError e) {
            throw costly();
        } catch (RuntimeException e) {
            // Of a function that was given what it does not know.
            throw failure(e);
        } finally {
            if (budget != null) {
                budget.end();
            }
        }
    }

    private static CelException failure(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Budget.ExceededException
                    || String.valueOf(cause.getMessage()).contains("Iteration budget exceeded")) {
                return costly();
            }
            if (cause instanceof LazyFailure lazy) {
                return lazy.failure();
            }
        }
        if (Budget.currentIsSpent()) {
            return costly();
        }
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("evaluation error")) {
            message = message.substring(message.indexOf(": ") + 2);
        }
        Matcher missing = MISSING_KEY.matcher(message);
        if (missing.matches()) {
            message = "no such key: " + missing.group(1);
        }
        message = WORDS.getOrDefault(message, message);
        return new CelException(Reason.EVALUATION, message.lines().findFirst().orElse(""));
    }

    private static CelException costly() {
        return new CelException(Reason.COST, "it costs more than the API server allows");
    }
}
