package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How healthy some objects are, as text and as JSON. */
public record HealthReport(List<Entry> entries) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int MAX_NAME = 600;

    /** The verdict on one object. */
    public record Entry(ObjectId id, String apiVersion, Health health) {

        /** Healthy, or paused on purpose. */
        public boolean isWell() {
            return health.status() == HealthStatus.HEALTHY || health.status() == HealthStatus.SUSPENDED;
        }
    }

    public HealthReport {
        entries = List.copyOf(entries);
    }

    public boolean isHealthy() {
        return entries.stream().allMatch(Entry::isWell);
    }

    /** 0 where all are healthy or suspended, 4 where not. */
    public int exitCode() {
        return isHealthy() ? Status.IN_SYNC.exitCode() : Status.UNHEALTHY.exitCode();
    }

    /**
     * {@code Deployment/shop/web  progressing: 1 of 3 replicas are available}, one line for each, and the totals.
     *
     * @param quiet whether those that are well are left out
     * @param details whether what explains the others is told
     */
    public List<String> lines(Style style, boolean quiet, boolean details) {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            if (quiet && entry.isWell()) {
                continue;
            }
            String verdict = Printable.line(Words.health(entry.health()));
            lines.add(Printable.line(entry.id().toString(), MAX_NAME) + "  "
                    + style.paint(entry.isWell() ? Style.Color.GREEN : Style.Color.RED, verdict));
            if (details) {
                entry.health().details().forEach(line -> lines.add("    " + Printable.line(line)));
            }
        }
        lines.add(totals());
        return lines;
    }

    private String totals() {
        Map<HealthStatus, Integer> counts = new EnumMap<>(HealthStatus.class);
        entries.forEach(entry -> counts.merge(entry.health().status(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((status, count) ->
                parts.add(Printable.count(count) + " " + status.name().toLowerCase(Locale.ROOT)));
        return parts.isEmpty() ? "no objects" : String.join(", ", parts);
    }

    /** {@code {"healthy": true, "objects": [{"kind": ..., "status": "Healthy", ...}]}}. */
    public String json() {
        ObjectNode root = JSON.createObjectNode().put("healthy", isHealthy());
        ArrayNode objects = root.putArray("objects");
        for (Entry entry : entries) {
            ObjectNode object = objects.addObject()
                    .put("apiVersion", entry.apiVersion())
                    .put("kind", entry.id().kind())
                    .put("namespace", entry.id().namespace())
                    .put("name", entry.id().name())
                    .put("status", Spelling.of(entry.health().status()))
                    .put("message", entry.health().message())
                    .put("terminal", entry.health().terminal());
            ArrayNode details = object.putArray("details");
            entry.health().details().forEach(details::add);
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
