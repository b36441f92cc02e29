package hudson.model;

import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import java.util.concurrent.ExecutorService;

/** A node that is or was connected. */
public abstract class Computer extends Actionable {
    Computer() {}

    /** A pool without bounds, whose threads act as the system. */
    public static final ExecutorService threadPoolForRemoting = null;

    /** Of its node; empty for the controller's own. */
    public String getName() {
        throw new UnsupportedOperationException();
    }

    /** {@code null} where it is not connected. */
    public abstract VirtualChannel getChannel();

    public WorkspaceList getWorkspaceList() {
        throw new UnsupportedOperationException();
    }
}
