package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;

/** Says why an object of the repository cannot be had, and what to do; which depends on where the repository is. */
interface ObjectFault {

    /** Always throws. */
    void explain(IOException cause) throws IOException, BadInputException;
}
