package io.jenkins.plugins.gitops.engine.cel;

/** An expression that cannot be compiled, or whose evaluation failed. The message is one line, without a value of it. */
public final class CelException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** It is no expression, or names what is not there. */
        COMPILATION,
        /** It fails for these values, such as by a key that is missing. */
        EVALUATION,
        /** It costs more than the API server would let it. */
        COST,
        /** It asks for what only a running API server knows. */
        NEEDS_CLUSTER
    }

    private final Reason reason;

    CelException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Of a value that only a running API server has. */
    public static CelException needsCluster(String message) {
        return new CelException(Reason.NEEDS_CLUSTER, message);
    }

    /** Of a value that cannot be computed. */
    public static CelException evaluation(String message) {
        return new CelException(Reason.EVALUATION, message);
    }

    public Reason reason() {
        return reason;
    }
}
