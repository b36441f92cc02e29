package hudson.model;

import java.io.File;

public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements Item {
    Job() {}

    public File getRootDir() {
        throw new UnsupportedOperationException();
    }

    /** {@code null} where there is none. */
    public RunT getLastBuild() {
        throw new UnsupportedOperationException();
    }

    /** {@code null} where there is none. */
    public RunT getLastCompletedBuild() {
        throw new UnsupportedOperationException();
    }

    /** Unstable ones too; {@code null} where there is none. */
    public RunT getLastSuccessfulBuild() {
        throw new UnsupportedOperationException();
    }

    /** {@code null} where there is none. */
    public RunT getBuildByNumber(int n) {
        throw new UnsupportedOperationException();
    }

    public boolean isBuilding() {
        throw new UnsupportedOperationException();
    }

    public boolean isInQueue() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean isBuildable();
}
