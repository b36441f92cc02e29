package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The engine: {@code sync}, {@code drift} and {@code probe}. No controllers run in the benchmark's cluster, and kubectl does
 * not wait either: so it does not wait for health.
 */
public final class EngineMain extends Worker {

    private final Path kubeconfig;
    private final GitOpsEngine engine;

    private EngineMain(Path kubeconfig, Path cache) {
        this.kubeconfig = kubeconfig;
        this.engine = new GitOpsEngine(cache);
    }

    /** @param args kubeconfig, cache directory */
    public static void main(String[] args) throws Exception {
        new EngineMain(Path.of(args[0]), Path.of(args[1])).serve();
    }

    @Override
    void run(String command, String repository, String namespace, ObjectNode answer) throws Exception {
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
        SyncRequest request = SyncRequest.of(Command.valueOf(command.toUpperCase(Locale.ROOT)), source)
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
}
