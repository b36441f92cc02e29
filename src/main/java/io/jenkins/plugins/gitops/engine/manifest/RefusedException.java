package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.Objects;

/** A document, or the rest of a file, cannot be read. Stays inside this package: readers return problems. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final boolean wholeFile;

    private RefusedException(Problem problem, boolean wholeFile) {
        super(problem.message(), null, false, false);
        this.problem = Objects.requireNonNull(problem);
        this.wholeFile = wholeFile;
    }

    static RefusedException document(Problem problem) {
        return new RefusedException(problem, false);
    }

    static RefusedException file(Problem problem) {
        return new RefusedException(problem, true);
    }

    Problem problem() {
        return problem;
    }

    /** Whether the documents behind this one are not to be read either. */
    boolean wholeFile() {
        return wholeFile;
    }
}
