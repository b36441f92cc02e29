package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.plan.IgnoredField;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sample reports: one for every status, and those that are hard to show. */
final class Reports {

    static final Instant STARTED = Instant.parse("2026-03-04T10:04:05Z");
    static final String COMMIT = "4f1c9a02d1b6f8a3c5e7092b4d6f8a1c3e5b7d90";
    static final String LAST = "b81e0c77a3d2f4e6081a2c4e6f8091a3b5c7d9e1";

    /** Markup that does something wherever it is not escaped. */
    static final String MARKUP = "<img src=x onerror=alert(1)>";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final Health HEALTHY = new Health(HealthStatus.HEALTHY, "", false);

    private Reports() {}

    /** Every sample by a name that can be a file's. */
    static Map<String, Report> all() {
        Map<String, Report> all = new LinkedHashMap<>();
        all.put("in-sync", inSync());
        all.put("out-of-sync", drifted());
        all.put("plan", plan());
        all.put("valid", valid());
        all.put("invalid", invalid());
        all.put("failed", failed());
        all.put("unreachable", unreachable());
        all.put("unhealthy", unhealthy());
        all.put("refused", refused());
        all.put("aborted", aborted());
        all.put("hostile", hostile());
        all.put("unicode", unicode());
        all.put("large", large(5_000));
        all.put("ordered", ordered());
        return all;
    }

    /** A sync with hooks and waves of which the second did not become healthy. */
    static Report ordered() {
        Report failed = failed();
        ObjectId migrate = new ObjectId("batch", "Job", "shop", "migrate");
        ObjectId check = new ObjectId("batch", "Job", "shop", "check");
        List<Step> steps = List.of(
                new Step(Step.Kind.HOOK, "PreSync", -1, migrate, 1, Result.DONE, millis(900), millis(4_200), ""),
                new Step(Step.Kind.WAVE, "Sync", -1, null, 3, Result.DONE, millis(5_100), millis(2_000), ""),
                new Step(Step.Kind.WAVE, "Sync", 0, null, 2, Result.FAILED, millis(7_100), millis(300), "refused"),
                new Step(Step.Kind.HOOK, "PostSync", 0, check, 1, Result.NOT_REACHED, null, null, ""),
                new Step(Step.Kind.PRUNE, "Prune", 0, null, 4, Result.NOT_REACHED, null, null, ""));
        return new Report(
                Command.SYNC,
                "shop",
                Status.FAILED,
                failed.message(),
                failed.repository(),
                failed.path(),
                failed.revision(),
                LAST,
                "sha256:" + "5e".repeat(32),
                failed.cluster(),
                STARTED,
                millis(8_000),
                phases(),
                steps,
                failed.objects(),
                List.of());
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /** A sync that changed something, put a drift right, and ended well. */
    static Report inSync() {
        List<ObjectReport> objects = new ArrayList<>();
        objects.add(done("", "ConfigMap", "banner", Action.CREATE, Cause.PENDING));
        objects.add(done("", "ServiceAccount", "worker", Action.CREATE, Cause.PENDING));
        objects.add(done("apps", "Deployment", "worker", Action.CREATE, Cause.PENDING));
        objects.add(
                object("apps", "Deployment", "web", Action.UPDATE, Result.DONE, Cause.DRIFT, replicas(), HEALTHY, ""));
        objects.add(done("batch", "CronJob", "old-cleanup", Action.PRUNE, Cause.PENDING));
        objects.addAll(unchanged(34));
        return report(Command.SYNC, Status.IN_SYNC, "", objects, List.of(warning()));
    }

    /** A drift check that found what people do to a cluster. */
    static Report drifted() {
        List<ObjectReport> objects = new ArrayList<>();
        objects.add(object(
                "",
                "ConfigMap",
                "nginx",
                Action.UPDATE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(drift(
                        "data[nginx.conf]",
                        text(nginx("1", "512")),
                        text(nginx("auto", "1024")),
                        "kubectl-edit",
                        3 * 60)),
                null,
                ""));
        objects.add(object("", "Secret", "login", Action.UPDATE, Result.PLANNED, Cause.DRIFT, secret(), null, ""));
        objects.add(object(
                "",
                "Service",
                "metrics",
                Action.CREATE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(),
                null,
                "deleted in the cluster"));
        objects.add(new ObjectReport(
                new ObjectId("apps", "Deployment", "shop", "web"),
                "apps/v1",
                new SourceLocation("apps/shop/web.yaml", 12, 1),
                Action.UPDATE,
                Result.PLANNED,
                Cause.DRIFT,
                deployment(),
                List.of(drift("metadata.annotations[debug]", text("true"), null, "kubectl-annotate", 26 * 3600)),
                List.of(
                        new IgnoredField(
                                "spec.progressDeadlineSeconds",
                                "apps/Deployment: /spec/progressDeadlineSeconds",
                                new SourceLocation("apps/shop/.gitops.yaml", 2, 5)),
                        new IgnoredField("metadata.labels.tier", "*: what labeller manages", null)),
                new Health(HealthStatus.PROGRESSING, "3 of 5 replicas are available", false),
                ""));
        objects.add(object(
                "networking.k8s.io",
                "Ingress",
                "web",
                Action.UPDATE,
                Result.PLANNED,
                Cause.PENDING,
                List.of(new FieldChange(
                        "spec.rules",
                        json("[{host: shop.example.org, http: {paths: [{path: /, pathType: Prefix}]}}]"),
                        json("[{host: shop.example.org, http: {paths: [{path: /, pathType: Prefix}, {path: /api,"
                                + " pathType: Prefix}]}}, {host: www.shop.example.org}]"),
                        Cause.PENDING,
                        null,
                        null)),
                HEALTHY,
                ""));
        objects.add(object(
                "batch",
                "CronJob",
                "nightly",
                Action.KEEP,
                Result.PLANNED,
                null,
                List.of(),
                null,
                "not in Git any more; kept, as its annotation argocd.argoproj.io/sync-options says Prune=false"));
        objects.addAll(unchanged(34));
        return report(Command.DRIFT, Status.OUT_OF_SYNC, "4 objects drifted, and 1 is pending.", objects, List.of());
    }

    static Report plan() {
        List<ObjectReport> objects = new ArrayList<>();
        objects.add(
                object("", "ConfigMap", "banner", Action.CREATE, Result.PLANNED, Cause.PENDING, List.of(), null, ""));
        objects.add(object(
                "apps",
                "Deployment",
                "web",
                Action.UPDATE,
                Result.PLANNED,
                Cause.PENDING,
                List.of(new FieldChange(
                        "spec.template.spec.containers[name=web].image",
                        text("registry.example.org/shop/web:1.4.2"),
                        text("registry.example.org/shop/web:1.5.0"),
                        Cause.PENDING,
                        null,
                        null)),
                HEALTHY,
                ""));
        objects.add(object(
                "batch", "CronJob", "old-cleanup", Action.PRUNE, Result.PLANNED, Cause.PENDING, List.of(), null, ""));
        objects.addAll(unchanged(3));
        return report(Command.PLAN, Status.OUT_OF_SYNC, "", objects, List.of());
    }

    static Report valid() {
        return new Report(
                Command.VALIDATE,
                "shop",
                Status.IN_SYNC,
                "",
                "https://git.example.org/platform/config.git",
                "apps/shop",
                revision(),
                null,
                null,
                STARTED,
                Duration.ofMillis(312),
                List.of(),
                IntStream.range(0, 3)
                        .mapToObj(i -> object(
                                "",
                                "ConfigMap",
                                "settings-" + i,
                                Action.NONE,
                                Result.PLANNED,
                                null,
                                List.of(),
                                null,
                                ""))
                        .toList(),
                List.of());
    }

    static Report invalid() {
        List<Problem> problems = List.of(
                Problem.error(
                        new SourceLocation("apps/shop/web.yaml", 23, 9),
                        "Deployment web: \"replcas\" is no field of DeploymentSpec",
                        "did you mean \"replicas\"?"),
                Problem.error(
                        new SourceLocation("apps/shop/kustomization.yaml", 0, 0),
                        "kustomize build failed:\naccumulating resources: missing.yaml: no such file",
                        ""),
                Problem.error(null, "the app renders no object", "check that its path is apps/shop"),
                warning());
        return new Report(
                Command.SYNC,
                "shop",
                Status.INVALID,
                "3 errors; nothing was written.",
                "https://git.example.org/platform/config.git",
                "apps/shop",
                revision(),
                LAST,
                null,
                STARTED,
                Duration.ofMillis(840),
                phases(),
                List.of(),
                problems);
    }

    /** A server that refused one object in the middle of a sync. */
    static Report failed() {
        List<ObjectReport> objects = new ArrayList<>();
        objects.add(done("", "ConfigMap", "banner", Action.CREATE, Cause.PENDING));
        objects.add(object(
                "apps",
                "Deployment",
                "web",
                Action.UPDATE,
                Result.FAILED,
                Cause.PENDING,
                replicasPending(),
                null,
                "admission webhook \"policy.example.org\" denied the request: replicas must be at least 2"));
        objects.add(object(
                "networking.k8s.io",
                "Ingress",
                "web",
                Action.UPDATE,
                Result.NOT_REACHED,
                Cause.PENDING,
                List.of(),
                null,
                ""));
        objects.addAll(unchanged(5));
        return report(Command.SYNC, Status.FAILED, "The cluster refused Deployment/shop/web.", objects, List.of());
    }

    static Report unreachable() {
        return new Report(
                Command.DRIFT,
                "shop",
                Status.FAILED,
                "https://10.0.0.1:6443 cannot be reached: connection refused",
                "",
                "",
                null,
                null,
                null,
                STARTED,
                Duration.ofMillis(30_012),
                List.of(),
                List.of(),
                List.of());
    }

    static Report unhealthy() {
        List<ObjectReport> objects = new ArrayList<>();
        objects.add(object(
                "apps",
                "Deployment",
                "web",
                Action.UPDATE,
                Result.DONE,
                Cause.PENDING,
                replicasPending(),
                new Health(HealthStatus.DEGRADED, "pod web-6d4b: container web: CrashLoopBackOff (exit code 1)", true)
                        .withDetails(List.of("event 2026-03-04T10:03:58Z Pod/web-6d4b: BackOff (7 times): Back-off"
                                + " restarting failed container web")),
                ""));
        objects.add(object(
                "apps",
                "StatefulSet",
                "db",
                Action.NONE,
                Result.DONE,
                null,
                List.of(),
                new Health(HealthStatus.PROGRESSING, "1 of 3 replicas are ready", false),
                ""));
        objects.addAll(unchanged(5));
        return report(
                Command.SYNC,
                Status.UNHEALTHY,
                "2 objects did not become healthy within 5 min; nothing was pruned.",
                objects,
                List.of());
    }

    static Report refused() {
        List<ObjectReport> objects = IntStream.range(0, 12)
                .mapToObj(i -> object(
                        "",
                        "ConfigMap",
                        "settings-" + i,
                        Action.PRUNE,
                        Result.NOT_REACHED,
                        Cause.PENDING,
                        List.of(),
                        null,
                        ""))
                .toList();
        return report(
                Command.SYNC,
                Status.REFUSED,
                "12 of 15 objects would be pruned, more than half of the app; raise the limit if that is meant.",
                objects,
                List.of());
    }

    static Report aborted() {
        List<ObjectReport> objects = new ArrayList<>();
        objects.add(done("", "ConfigMap", "banner", Action.CREATE, Cause.PENDING));
        objects.add(object(
                "apps",
                "Deployment",
                "web",
                Action.UPDATE,
                Result.NOT_REACHED,
                Cause.PENDING,
                replicasPending(),
                null,
                ""));
        return report(Command.SYNC, Status.ABORTED, "Interrupted while applying.", objects, List.of());
    }

    /** Everything that comes from outside tries to be more than text. */
    static Report hostile() {
        String evil =
                MARKUP + "</style></title>\"'`|@team #1 [x](javascript:alert(1)) ``` \u001b[31m\u202e ]]>\u0000\n# x";
        FieldChange field = new FieldChange(
                "metadata.annotations[" + evil + "]",
                text(evil),
                text("</code></pre>" + evil),
                Cause.DRIFT,
                evil,
                STARTED);
        FieldChange lines = new FieldChange(
                "data[x]",
                text("a\n" + evil + "\n```\n"),
                text("a\n</pre><script>x</script>\n````\n"),
                Cause.DRIFT,
                evil,
                null);
        ObjectReport object = new ObjectReport(
                new ObjectId(evil, evil, evil, evil),
                evil,
                new SourceLocation(evil, 1, 1),
                Action.UPDATE,
                Result.FAILED,
                Cause.DRIFT,
                List.of(field, lines),
                List.of(field),
                new Health(HealthStatus.DEGRADED, evil, true),
                evil);
        ObjectReport drifted =
                object("", evil, evil, Action.UPDATE, Result.PLANNED, Cause.DRIFT, List.of(field), null, evil);
        ObjectReport unchanged = object("", evil, evil, Action.NONE, Result.PLANNED, null, List.of(), null, "");
        return new Report(
                Command.DRIFT,
                evil,
                Status.FAILED,
                evil,
                evil,
                evil,
                new Revision(COMMIT, evil, evil, evil, STARTED, true),
                evil,
                new Report.ClusterInfo(evil, evil, evil, evil, 1, 1),
                STARTED,
                Duration.ofMillis(1),
                List.of(new Report.Phase(evil, Duration.ofMillis(1))),
                List.of(object, drifted, unchanged),
                List.of(Problem.error(new SourceLocation(evil, 1, 1), evil, evil)));
    }

    static Report unicode() {
        return report(
                Command.DRIFT,
                Status.OUT_OF_SYNC,
                "1 object drifted.",
                List.of(object(
                        "",
                        "ConfigMap",
                        "gr\u00fc\u00dfe",
                        Action.UPDATE,
                        Result.PLANNED,
                        Cause.DRIFT,
                        List.of(drift(
                                "data.greeting",
                                text("za\u017c\u00f3\u0142\u0107 \ud83d\ude80"),
                                text("\u3053\u3093\u306b\u3061\u306f"),
                                "kubectl-edit",
                                60)),
                        null,
                        "")),
                List.of());
    }

    /** A large app about which there is little to say. */
    static Report large(int unchanged) {
        List<ObjectReport> objects = new ArrayList<>();
        objects.add(object(
                "apps",
                "Deployment",
                "web",
                Action.UPDATE,
                Result.DONE,
                Cause.PENDING,
                replicasPending(),
                HEALTHY,
                ""));
        objects.addAll(unchanged(unchanged));
        return report(Command.SYNC, Status.IN_SYNC, "", objects, List.of());
    }

    static Report report(
            Command command, Status status, String message, List<ObjectReport> objects, List<Problem> problems) {
        return new Report(
                command,
                "shop",
                status,
                message,
                "https://git.example.org/platform/config.git",
                "apps/shop",
                revision(),
                status == Status.IN_SYNC ? COMMIT : LAST,
                new Report.ClusterInfo("production", "https://10.0.0.1:6443", "v1.36.3", "shop", 87, 412_330),
                STARTED,
                Duration.ofMillis(12_480),
                phases(),
                objects,
                problems);
    }

    static ObjectReport object(
            String group,
            String kind,
            String name,
            Action action,
            Result result,
            Cause cause,
            List<FieldChange> fields,
            Health health,
            String message) {
        boolean inGit = action != Action.PRUNE && action != Action.KEEP;
        return new ObjectReport(
                new ObjectId(group, kind, "shop", name),
                group.isEmpty() ? "v1" : group + "/v1",
                inGit ? new SourceLocation("apps/shop/" + name.split("-")[0] + ".yaml", 1, 1) : null,
                action,
                result,
                cause,
                fields,
                health,
                message);
    }

    static FieldChange drift(String path, JsonNode live, JsonNode desired, String manager, long secondsAgo) {
        Instant end = STARTED.plusMillis(12_480);
        return new FieldChange(path, live, desired, Cause.DRIFT, manager, end.minusSeconds(secondsAgo));
    }

    static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    /** A value in JSON, whose names and strings need no quotes here. */
    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replaceAll("([A-Za-z/][A-Za-z0-9./-]*)", "\"$1\""));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static ObjectReport done(String group, String kind, String name, Action action, Cause cause) {
        return object(
                group, kind, name, action, Result.DONE, cause, List.of(), action == Action.PRUNE ? null : HEALTHY, "");
    }

    private static List<ObjectReport> unchanged(int count) {
        String[] kinds = {"ConfigMap", "Service", "ServiceAccount", "PodDisruptionBudget"};
        List<ObjectReport> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(object(
                    "", kinds[i % kinds.length], "part-" + i, Action.NONE, Result.DONE, null, List.of(), HEALTHY, ""));
        }
        return objects;
    }

    private static List<FieldChange> replicas() {
        return List.of(drift("spec.replicas", json("5"), json("3"), "kubectl-scale", 180));
    }

    private static List<FieldChange> replicasPending() {
        return List.of(new FieldChange("spec.replicas", json("2"), json("1"), Cause.PENDING, null, null));
    }

    private static List<FieldChange> deployment() {
        return List.of(
                drift("spec.replicas", json("5"), json("3"), "kubectl-scale", 180),
                drift("spec.revisionHistoryLimit", json("10"), json("10"), "operator", 7200),
                drift(
                        "spec.template.spec.containers[name=web].image",
                        text("registry.example.org/shop/web:1.4.2-hotfix"),
                        text("registry.example.org/shop/web:1.4.2@sha256:"
                                + "9b2d6f8a1c3e5b7d904f1c9a02d1b6f8a3c5e7092b4d6f8a1c3e5b7d904f1c9a"),
                        "kubectl-set",
                        150),
                drift(
                        "spec.template.spec.containers[name=web].env[name=DEBUG]",
                        json("{name: DEBUG, value: yes}"),
                        null,
                        "kubectl-edit",
                        120),
                drift(
                        "spec.template.spec.containers[name=web].resources.limits",
                        null,
                        MAPPER.createObjectNode().put("cpu", "500m").put("memory", "256Mi"),
                        "kubectl-edit",
                        120));
    }

    private static List<FieldChange> secret() {
        return List.of(drift("data.password", text("*** (before)"), text("*** (after)"), "kubectl-patch", 40));
    }

    private static String nginx(String processes, String connections) {
        StringBuilder conf = new StringBuilder("user nginx;\n");
        conf.append("worker_processes ").append(processes).append(";\n");
        for (int i = 0; i < 30; i++) {
            conf.append("include /etc/nginx/conf.d/").append(i).append(".conf;\n");
        }
        return conf.append("events { worker_connections ")
                .append(connections)
                .append("; }\n")
                .toString();
    }

    private static Revision revision() {
        return new Revision(
                COMMIT,
                "main",
                "Keep three replicas of the shop's web server",
                "Platform team",
                Instant.parse("2026-03-04T09:58:00Z"),
                false);
    }

    private static List<Report.Phase> phases() {
        return List.of(
                new Report.Phase("fetch", Duration.ofMillis(420)),
                new Report.Phase("render", Duration.ofMillis(180)),
                new Report.Phase("validate", Duration.ofMillis(240)),
                new Report.Phase("plan", Duration.ofMillis(1_310)),
                new Report.Phase("apply", Duration.ofMillis(890)),
                new Report.Phase("health", Duration.ofMillis(9_210)),
                new Report.Phase("prune", Duration.ofMillis(230)));
    }

    private static Problem warning() {
        return Problem.warning(
                new SourceLocation("apps/shop/cron.yaml", 4, 1),
                "CronJob cleanup: batch/v1beta1 is deprecated",
                "declare batch/v1");
    }
}
