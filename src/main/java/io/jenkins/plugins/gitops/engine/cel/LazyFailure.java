package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;

/** What a variable fails with whose value is computed when it is asked for. */
public final class LazyFailure extends CelRuntimeException {
    private static final long serialVersionUID = 1L;

    private final CelException failure;

    public LazyFailure(CelException failure) {
        super(failure, CelErrorCode.INVALID_ARGUMENT);
        this.failure = failure;
    }

    CelException failure() {
        return failure;
    }
}
