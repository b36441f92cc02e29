package org.jenkinsci.plugins.workflow.steps.scm;

import hudson.scm.SCM;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** {@code checkout}. */
public final class GenericSCMStep extends SCMStep {
    public GenericSCMStep(SCM scm) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        throw new UnsupportedOperationException();
    }
}
