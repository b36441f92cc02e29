package jenkins;

import jenkins.agents.ControllerToAgentFileCallable;

/** Code that the controller sends to a node, and that no node may send to the controller. */
public abstract class MasterToSlaveFileCallable<T> implements ControllerToAgentFileCallable<T> {
    private static final long serialVersionUID = 1L;
}
