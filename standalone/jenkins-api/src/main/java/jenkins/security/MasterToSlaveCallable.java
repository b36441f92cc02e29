package jenkins.security;

import hudson.remoting.Callable;

/** Code that the controller sends to a node, and that no node may send to the controller. */
public abstract class MasterToSlaveCallable<V, T extends Throwable> implements Callable<V, T> {
    private static final long serialVersionUID = 1L;
}
