package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.Counter;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Section;
import io.jenkins.plugins.gitops.engine.report.Times;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A report as its page shows it: what asks for attention by kind, what is unchanged as names only. */
public final class AppPage {

    /** A page that a browser still shows at once. */
    private static final int MAX_ROWS = 1_000;

    private final Report report;

    AppPage(Report report) {
        this.report = report;
    }

    /** Objects of one kind. */
    public record KindGroup(String kind, List<ObjectRow> rows) {}

    /** Names of unchanged objects of one kind, in one namespace. */
    public record Unchanged(String kind, String namespace, List<String> names) {

        public String joined() {
            return String.join(", ", names);
        }
    }

    public List<Counter> getCounters() {
        return Counter.of(report);
    }

    public List<Problem> getProblems() {
        return report.problems();
    }

    public Revision getRevision() {
        return report.revision();
    }

    /** {@code https://host/repo.git, folder apps/shop}. */
    public String getSource() {
        return report.path().isEmpty()
                ? report.repository()
                : Messages.AppPage_folder(report.repository(), report.path());
    }

    /** {@code prod, https://host:6443, Kubernetes v1.36.3, namespace shop}; empty where no cluster was asked. */
    public String getCluster() {
        Report.ClusterInfo cluster = report.cluster();
        if (cluster == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (cluster.name() != null) {
            parts.add(cluster.name());
        }
        parts.add(cluster.server());
        if (cluster.version() != null && !cluster.version().isEmpty()) {
            parts.add("Kubernetes " + cluster.version());
        }
        if (cluster.namespace() != null && !cluster.namespace().isEmpty()) {
            parts.add(Messages.AppPage_namespace(cluster.namespace()));
        }
        return String.join(", ", parts);
    }

    /** {@code 3.2 s}. */
    public String getDuration() {
        return Times.duration(report.duration());
    }

    public String getStartedAt() {
        return Times.absolute(report.startedAt());
    }

    /** Everything but what is unchanged, by kind, at most {@value #MAX_ROWS} objects. */
    public List<KindGroup> getGroups() {
        Map<String, List<ObjectRow>> groups = new TreeMap<>();
        news().stream().limit(MAX_ROWS).forEach(object -> groups.computeIfAbsent(
                        object.id().kind(), kind -> new ArrayList<>())
                .add(new ObjectRow(report, object)));
        return groups.entrySet().stream()
                .map(group -> new KindGroup(group.getKey(), group.getValue()))
                .toList();
    }

    /** How many objects the groups leave out. */
    public int getLeftOut() {
        return Math.max(0, news().size() - MAX_ROWS);
    }

    private List<ObjectReport> news() {
        return report.objects().stream()
                .filter(object -> Section.of(report, object) != Section.UNCHANGED)
                .toList();
    }

    public int getUnchangedCount() {
        return report.objects().size() - news().size();
    }

    /** Names of what is unchanged. */
    public List<Unchanged> getUnchanged() {
        Map<String, Unchanged> lists = new TreeMap<>();
        for (ObjectReport object : report.objects()) {
            if (Section.of(report, object) == Section.UNCHANGED) {
                String kind = object.id().kind();
                String namespace = object.id().namespace();
                lists.computeIfAbsent(kind + " " + namespace, key -> new Unchanged(kind, namespace, new ArrayList<>()))
                        .names()
                        .add(object.id().name());
            }
        }
        return List.copyOf(lists.values());
    }
}
