package io.jenkins.plugins.gitops.build;

import hudson.Functions;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;

/**
 * What a build remembers of one run, and the run's page. What the page shows beyond these few lines it reads from the
 * archived report, for as long as that is kept.
 */
public final class AppResult implements ModelObject {

    private static final int MAX_TEXT = 1_000;

    private final String key;
    private final String app;
    private final String command;
    private final String status;
    private final String message;
    private final Totals totals;
    private final String commit;
    private final String subject;
    private final String server;
    private final Since since;
    private final List<String> files = new ArrayList<>();
    private transient Run<?, ?> run;

    /**
     * @param since since when its objects are in trouble; {@code null} where the report says nothing of the cluster
     */
    AppResult(String key, String app, Report report, Since since) {
        this.key = key;
        this.app = app;
        this.command = report.command().name();
        this.status = report.status().name();
        this.message = shortened(report.message());
        this.totals = new Totals(report);
        this.since = since;
        this.commit = report.revision() == null ? null : report.revision().shortName();
        this.subject =
                report.revision() == null ? null : shortened(report.revision().subject());
        this.server =
                report.cluster() == null ? null : shortened(report.cluster().server());
    }

    private static String shortened(String text) {
        return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    void attach(Run<?, ?> owner) {
        run = owner;
    }

    void archived(List<String> names) {
        files.clear();
        files.addAll(names);
    }

    /** The last part of its page's URL, and the folder of its artifacts: the app's name, if need be with a number. */
    public String getKey() {
        return key;
    }

    /** The app's name; of a build that ran several steps for it, they all have this one. */
    public String getApp() {
        return app;
    }

    /** What was asked for, for people: {@code Drift check}. */
    public String getCommand() {
        return PageWords.command(Command.valueOf(command));
    }

    /** How it ended. */
    public Status getStatus() {
        return Status.valueOf(status);
    }

    /** How it ended, for people: {@code In sync}. */
    public String getVerdict() {
        return PageWords.verdict(Command.valueOf(command), getStatus());
    }

    /** Why it ended so, in a sentence. */
    public String getMessage() {
        return message;
    }

    public Totals getTotals() {
        return totals;
    }

    /** Short; {@code null} where it was not determined. */
    public String getCommit() {
        return commit;
    }

    /** The commit message's first line. */
    public String getSubject() {
        return subject;
    }

    /** The API server's URL; {@code null} where none was asked. */
    public String getServer() {
        return server;
    }

    /** How many objects had left what was last synced. */
    public int getDrifted() {
        return totals.getDrifted();
    }

    /** Since when its objects are in trouble; {@code null} where the cluster's state was not seen. */
    Since getSince() {
        return since;
    }

    /** Whether it is about the same app in the same cluster. */
    boolean isAbout(String otherApp, String otherServer) {
        return app.equals(otherApp) && Objects.equals(server, otherServer);
    }

    /** How the design library shows the verdict: {@code success}, {@code warning} or {@code error}. */
    public String getVerdictTone() {
        return switch (getStatus()) {
            case IN_SYNC -> "success";
            case OUT_OF_SYNC, ABORTED -> "warning";
            case INVALID, FAILED, UNHEALTHY, REFUSED -> "error";
        };
    }

    /** As {@link #getVerdictTone()}, for verdict and drift together. */
    public String getTone() {
        return getStatus() == Status.IN_SYNC && getDrifted() > 0 ? "warning" : getVerdictTone();
    }

    /** The names of the archived files; empty for whoever may not see the build's artifacts. */
    public List<String> getFiles() {
        return mayReadArtifacts() ? List.copyOf(files) : List.of();
    }

    /** Where the archived files are, relative to the build. */
    public String getFolder() {
        return ReportArchive.folder(key);
    }

    /** What the archived report says, or why there is none to show. */
    public AppPage getPage() throws IOException {
        return new AppPage(
                this,
                mayReadArtifacts()
                        ? ReportArchive.read(run, key)
                        : ArchivedReport.missing(Messages.AppResult_mayNotSee()));
    }

    private boolean mayReadArtifacts() {
        return !Functions.isArtifactsPermissionEnabled() || run.hasPermission(Run.ARTIFACTS);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** This page's URL; relative to Jenkins' root where its URL is not configured. */
    public String getAbsoluteUrl() {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl() + "gitops/app/" + key + "/";
    }

    @Override
    public String getDisplayName() {
        return key;
    }
}
