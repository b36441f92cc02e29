package io.jenkins.plugins.gitops.steps;

import io.jenkins.plugins.gitops.engine.report.Report;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a step returns to the Pipeline script. */
public final class GitopsSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String status;
    private final String revision;
    private final boolean drifted;
    private final LinkedHashMap<String, Integer> counts;
    private final String reportUrl;
    private final String plan;

    GitopsSummary(Report report, String reportUrl, String plan) {
        this.status = report.status().name();
        this.revision = report.revision() == null ? null : report.revision().commit();
        this.drifted = report.counts().drifted() > 0;
        this.counts = counts(report.counts());
        this.reportUrl = reportUrl;
        this.plan = plan;
    }

    private static LinkedHashMap<String, Integer> counts(Report.Counts counts) {
        LinkedHashMap<String, Integer> map = new LinkedHashMap<>();
        map.put("total", counts.total());
        map.put("created", counts.created());
        map.put("updated", counts.updated());
        map.put("unchanged", counts.unchanged());
        map.put("pruned", counts.pruned());
        map.put("kept", counts.kept());
        map.put("drifted", counts.drifted());
        map.put("warnings", counts.warnings());
        return map;
    }

    /** {@code IN_SYNC}, or {@code OUT_OF_SYNC} where a plan or a drift check found differences. */
    @Whitelisted
    public String getStatus() {
        return status;
    }

    /** The full hash of the commit that was read. */
    @Whitelisted
    public String getRevision() {
        return revision;
    }

    /** Whether the cluster had left what was last synced; a sync has put that right. */
    @Whitelisted
    public boolean isDrifted() {
        return drifted;
    }

    /** How many objects were {@code created}, {@code updated}, {@code pruned} and so on (in a plan: would be), and how many
     * there are. */
    @Whitelisted
    public Map<String, Integer> getCounts() {
        return new LinkedHashMap<>(counts);
    }

    /** The app's page in this build; relative to Jenkins' root where its URL is not configured. */
    @Whitelisted
    public String getReportUrl() {
        return reportUrl;
    }

    /** Of {@code gitopsPlan}: what to give {@code gitopsSync} as {@code plan} to have exactly this done. */
    @Whitelisted
    public String getPlan() {
        return plan;
    }

    /** {@code IN_SYNC at 1a2b3c4d}, for {@code echo}. */
    @Whitelisted
    @Override
    public String toString() {
        return status + " at " + revision + " " + counts;
    }
}
