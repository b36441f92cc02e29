package hudson.triggers;

import hudson.ExtensionPoint;
import hudson.model.Action;
import hudson.model.Describable;
import hudson.model.Item;
import java.util.Collection;

/** Starts builds of a job. */
public abstract class Trigger<J extends Item> implements Describable<Trigger<?>>, ExtensionPoint {
    /** {@code null} until it is started. */
    protected transient J job;

    protected Trigger(String cronTabSpec) {
        throw new UnsupportedOperationException();
    }

    /** Called when the time has come, in a thread that others wait for. */
    public void run() {
        throw new UnsupportedOperationException();
    }

    public Collection<? extends Action> getProjectActions() {
        throw new UnsupportedOperationException();
    }
}
