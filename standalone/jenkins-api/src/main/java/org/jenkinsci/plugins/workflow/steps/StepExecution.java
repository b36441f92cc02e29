package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** One run of a step. */
public abstract class StepExecution implements Serializable {
    private static final long serialVersionUID = 1L;

    protected StepExecution(StepContext context) {
        throw new UnsupportedOperationException();
    }

    public StepContext getContext() {
        throw new UnsupportedOperationException();
    }
    /** @return whether the step has ended already */
    public abstract boolean start() throws Exception;

    public void stop(Throwable cause) throws Exception {
        throw new UnsupportedOperationException();
    }
    /** The controller was restarted while the step ran. */
    public void onResume() {
        throw new UnsupportedOperationException();
    }
}
