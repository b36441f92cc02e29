package io.jenkins.plugins.gitops.build;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told every report, as soon as it is archived. */
public interface ReportListener extends ExtensionPoint {

    /**
     * A step has ended.
     *
     * @param result what the build keeps of it
     * @param ownFiles whether the files that the report names are those of the repository that the job builds
     * @param good whether the step does the build's result no harm
     */
    record Event(
            Run<?, ?> run, TaskListener listener, AppResult result, Report report, boolean ownFiles, boolean good) {}

    /** @param event what there is to know */
    void reported(Event event);

    /** Tells all of them. What fails in one of them is told in the system log, and is no failure of the build. */
    static void tell(Event event) {
        for (ReportListener listener : ExtensionList.lookup(ReportListener.class)) {
            try {
                listener.reported(event);
            } catch (RuntimeException | LinkageError e) {
                Logger.getLogger(ReportListener.class.getName())
                        .log(
                                Level.WARNING,
                                e,
                                () -> listener + " could not take the report of "
                                        + event.run().getExternalizableId());
            }
        }
    }
}
