package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;

/**
 * What one evaluation may still cost, in characters and items that functions make or read. Iterations of
 * comprehensions are bounded by the runtime itself. Held by the evaluating thread, since functions are shared.
 */
final class Budget {

    /** Such as a text of ten million characters, or a search of a thousand patterns in ten thousand characters. */
    static final long LIMIT = 10_000_000;

    private static final ThreadLocal<Budget> CURRENT = new ThreadLocal<>();

    private long left = LIMIT;
    private boolean spent;

    /** Runs out once and for all: {@code false || true} does not excuse what was spent. */
    static final class ExceededException extends CelRuntimeException {
        private static final long serialVersionUID = 1L;

        ExceededException() {
            super(new IllegalStateException("the expression costs too much"), CelErrorCode.ITERATION_BUDGET_EXCEEDED);
        }
    }

    /** Begins an evaluation; {@code null} inside another one, whose budget goes on. */
    static Budget begin() {
        if (CURRENT.get() != null) {
            return null;
        }
        Budget budget = new Budget();
        CURRENT.set(budget);
        return budget;
    }

    void end() {
        CURRENT.remove();
    }

    boolean isSpent() {
        return spent;
    }

    /** Whether the evaluation that goes on in this thread has run out. */
    static boolean currentIsSpent() {
        Budget budget = CURRENT.get();
        return budget != null && budget.spent;
    }

    static void spend(long cost) {
        Budget budget = CURRENT.get();
        if (budget == null) {
            return;
        }
        budget.left -= Math.max(1, cost);
        if (budget.left < 0 || cost < 0) {
            budget.left = -1;
            budget.spent = true;
            throw new ExceededException();
        }
    }
}
