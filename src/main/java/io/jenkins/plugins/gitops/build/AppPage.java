package io.jenkins.plugins.gitops.build;

import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.Counter;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.RuleMatch;
import io.jenkins.plugins.gitops.engine.report.Section;
import io.jenkins.plugins.gitops.engine.report.Times;
import io.jenkins.plugins.gitops.engine.report.Words;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A report as its page shows it: what asks for attention by kind, what is unchanged as names only. */
public final class AppPage {

    /** A page that a browser still shows at once. */
    private static final int MAX_ROWS = 1_000;

    /** Of all its objects together; each of them shows at most as many as {@link ObjectRow} says. */
    private static final int MAX_FIELDS = 5_000;

    private static final int MAX_PROBLEMS = 500;

    /** Steps of an order, and rules, that a reader still takes in. */
    private static final int MAX_LINES = 200;

    private final AppResult result;
    private final Report report;
    private final String obstacle;
    private final Map<Integer, Boolean> kept = new HashMap<>();

    AppPage(AppResult result, ArchivedReport archived) {
        this.result = result;
        this.report = archived.report();
        this.obstacle = archived.obstacle();
    }

    /** Whether there is anything to show. */
    public boolean isReadable() {
        return report != null;
    }

    /** Why there is not. */
    public String getObstacle() {
        return obstacle;
    }

    /** One of the totals. */
    public record Count(int number, String label, String tone) {}

    /** Objects of one kind. */
    public record KindGroup(String kind, List<ObjectRow> rows) {}

    /** Names of unchanged objects of one kind, in one namespace. */
    public record Unchanged(String kind, String namespace, List<String> names) {

        public String joined() {
            return String.join(", ", names);
        }
    }

    public List<Count> getCounters() {
        return Counter.of(report).stream()
                .map(counter -> new Count(counter.number(), PageWords.label(counter), counter.tone()))
                .toList();
    }

    /** At most {@value #MAX_PROBLEMS}. */
    public List<Problem> getProblems() {
        return report.problems().stream().limit(MAX_PROBLEMS).toList();
    }

    public int getProblemsLeftOut() {
        return Math.max(0, report.problems().size() - MAX_PROBLEMS);
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
        int fields = MAX_FIELDS;
        for (ObjectReport object : news().stream().limit(MAX_ROWS).toList()) {
            ObjectRow row = new ObjectRow(report, object, since(object), fields);
            fields -= row.getFields().size();
            groups.computeIfAbsent(object.id().kind(), kind -> new ArrayList<>())
                    .add(row);
        }
        return groups.entrySet().stream()
                .map(group -> new KindGroup(group.getKey(), group.getValue()))
                .toList();
    }

    private SinceBuild since(ObjectReport object) {
        Integer number = result.getSince() == null ? null : result.getSince().build(object);
        if (number == null) {
            return null;
        }
        Run<?, ?> run = result.getRun();
        return new SinceBuild(
                number,
                number == run.getNumber(),
                kept.computeIfAbsent(number, n -> run.getParent().getBuildByNumber(n) != null));
    }

    /**
     * The build since which an object is in trouble.
     *
     * @param isThis whether it is the one that the page is about
     * @param isKept whether it can still be looked at
     */
    public record SinceBuild(int number, boolean isThis, boolean isKept) {

        public String label() {
            return isThis ? Messages.AppPage_new() : Messages.AppPage_since(Integer.toString(number));
        }
    }

    /** The waves and hooks in their order; empty where there is none worth telling. */
    public List<OrderRow> getOrder() {
        return Words.isOrdered(report)
                ? report.steps().stream()
                        .limit(MAX_LINES)
                        .map(step -> new OrderRow(report, step))
                        .toList()
                : List.of();
    }

    /** Whether any of it has happened, and so has a place in time. */
    public boolean isOrderTimed() {
        return getOrder().stream().anyMatch(OrderRow::isTimed);
    }

    public int getOrderLeftOut() {
        return Words.isOrdered(report) ? Math.max(0, report.steps().size() - MAX_LINES) : 0;
    }

    /** The rules that kept differences out of the report. */
    public List<RuleMatch> getRules() {
        return RuleMatch.of(report).stream().limit(MAX_LINES).toList();
    }

    /** Whether the run looked at the health of objects. */
    public boolean isHealthTold() {
        return report.objects().stream().anyMatch(object -> object.health() != null);
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
