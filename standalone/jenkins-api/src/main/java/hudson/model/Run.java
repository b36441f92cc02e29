package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.IOException;
import jenkins.model.ArtifactManager;

/** A build. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements AccessControlled {
    Run() {}

    public static final Permission ARTIFACTS = null;

    public JobT getParent() {
        throw new UnsupportedOperationException();
    }

    public int getNumber() {
        throw new UnsupportedOperationException();
    }

    /** {@code null} where there is none. */
    public RunT getPreviousBuild() {
        throw new UnsupportedOperationException();
    }

    /** Relative to Jenkins' root, with a slash at its end. */
    public String getUrl() {
        throw new UnsupportedOperationException();
    }

    /** {@code folder/job#7}. */
    public String getExternalizableId() {
        throw new UnsupportedOperationException();
    }

    public void setResult(Result r) {
        throw new UnsupportedOperationException();
    }

    public final ArtifactManager getArtifactManager() {
        throw new UnsupportedOperationException();
    }
    /** The manager of a build that is going to archive something. */
    public final synchronized ArtifactManager pickArtifactManager() throws IOException {
        throw new UnsupportedOperationException();
    }

    public synchronized void save() throws IOException {
        throw new UnsupportedOperationException();
    }
}
