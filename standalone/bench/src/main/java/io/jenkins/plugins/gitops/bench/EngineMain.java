package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.probe.ProbeResult;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs the engine as often as its standard input says (a line each: command, repository, namespace, parted by tabs), and
 * answers each with one line of JSON. No
 * controllers run in the benchmark's cluster, and kubectl does not wait either: so it does not wait for health.
 */
public final class EngineMain {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path kubeconfig;
    private final GitOpsEngine engine;

    private EngineMain(String[] args) {
        kubeconfig = Path.of(args[0]);
        engine = new GitOpsEngine(Path.of(args[1]));
    }

    public static void main(String[] args) throws Exception {
        long started =
                ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        say(MAPPER.createObjectNode().put("startMillis", System.currentTimeMillis() - started));
        EngineMain main = new EngineMain(args);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            say(main.measured(line.split("\t")));
        }
    }

    private static void say(ObjectNode answer) {
        System.out.println(answer);
        System.out.flush();
    }

    private ObjectNode measured(String... order) {
        ObjectNode answer = MAPPER.createObjectNode();
        long cpu = cpuMillis();
        long start = System.nanoTime();
        try {
            run(order[0], order[1], order[2], answer);
        } catch (Exception e) {
            return answer.put("error", String.valueOf(e));
        }
        return answer.put("wallMillis", (System.nanoTime() - start) / 1_000_000)
                .put("cpuMillis", cpuMillis() - cpu)
                .put("peakKiB", Proc.peakKiB("self"));
    }

    private void run(String command, String repository, String namespace, ObjectNode answer) throws Exception {
        ClusterAccess access = Kubeconfig.read(List.of(kubeconfig)).access(null);
        if (command.equals("probe")) {
            ProbeResult result = engine.probe(access, "bench", namespace);
            answer.put("answerBytes", result.bytes());
            ArrayNode differing = answer.putArray("differing");
            result.findings().forEach(finding -> differing.add(finding.id().toString()));
            return;
        }
        RepositoryRequest source =
                new RepositoryRequest(repository, null, false, RepositoryPolicy.localAndRemote(), null);
        SyncRequest request = SyncRequest.of(Command.valueOf(command.toUpperCase(java.util.Locale.ROOT)), source)
                .withApp("bench")
                .withPath("apps")
                .withNamespace(namespace)
                .withHealth(new HealthPolicy(false, Duration.ofSeconds(1)));
        Report report = engine.run(request, access, ProgressListener.SILENT);
        if (report.status() != Status.IN_SYNC && report.status() != Status.OUT_OF_SYNC) {
            throw new IllegalStateException(report.status() + ": " + report.message() + " "
                    + report.problems().stream().limit(3).toList());
        }
        answer.put("requests", report.cluster().requests());
        answer.put("answerBytes", report.cluster().bytesReceived());
        ObjectNode phases = answer.putObject("phases");
        report.phases()
                .forEach(phase -> phases.put(phase.name(), phase.duration().toMillis()));
        ArrayNode differing = answer.putArray("differing");
        report.objects().stream()
                .filter(object -> object.cause() != null)
                .map(ObjectReport::id)
                .forEach(id -> differing.add(id.toString()));
    }

    private static long cpuMillis() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1_000_000;
    }
}
