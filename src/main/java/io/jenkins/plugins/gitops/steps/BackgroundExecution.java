package io.jenkins.plugins.gitops.steps;

import hudson.model.Computer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that runs in a thread of its own, is run once more after a restart of the controller, and ends only when that
 * thread has ended: what an aborted run has still to tell is told before the build goes on.
 */
abstract class BackgroundExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private transient Thread thread;
    private transient Throwable stopCause;

    BackgroundExecution(StepContext context) {
        super(context);
    }

    /**
     * Does the step's work. When the thread is interrupted it ends soon, in whichever way.
     *
     * @param resumed whether an earlier run was cut off by a restart
     * @return what the step returns
     */
    abstract Object run(boolean resumed) throws Exception;

    @Override
    public final boolean start() {
        launch(false);
        return false;
    }

    @Override
    public final void onResume() {
        launch(true);
    }

    @Override
    public final synchronized void stop(Throwable cause) {
        stopCause = cause;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void launch(boolean resumed) {
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                Object value = runInterruptibly(resumed);
                getContext().onSuccess(value);
            } catch (Throwable e) {
                getContext().onFailure(e);
            }
        });
    }

    private Object runInterruptibly(boolean resumed) throws Throwable {
        synchronized (this) {
            throwIfStopped();
            thread = Thread.currentThread();
        }
        try (ACLContext ignored = ACL.as2(getContext().get(FlowExecution.class).getAuthentication2())) {
            return run(resumed);
        } finally {
            synchronized (this) {
                thread = null;
                // The thread goes back to its pool.
                Thread.interrupted();
                // Whoever stopped the step decides how it ends.
                throwIfStopped();
            }
        }
    }

    private void throwIfStopped() throws Throwable {
        if (stopCause != null) {
            throw stopCause;
        }
    }
}
