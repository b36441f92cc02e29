package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.rules.TemporaryFolder;

/** A config repository, a namespace of its own on a real API server, and the engine between them. */
public class EngineRule extends TemporaryFolder {

    private final boolean controllers;
    private TestCluster cluster;
    private TestRepository repository;
    private String namespace;

    public EngineRule() {
        this(false);
    }

    /** @param controllers whether Deployments become available */
    public EngineRule(boolean controllers) {
        this.controllers = controllers;
    }

    @Override
    protected void before() throws Throwable {
        super.before();
        cluster = controllers ? TestCluster.withControllers() : TestCluster.get();
        repository = new TestRepository(newFolder("config").toPath());
        namespace = "t-" + UUID.randomUUID().toString().substring(0, 8);
        kubectl("create", "namespace", namespace);
    }

    public TestRepository repository() {
        return repository;
    }

    /** The namespace that is the app's home, and that objects without one get. */
    public String namespace() {
        return namespace;
    }

    public TestCluster cluster() {
        return cluster;
    }

    public ClusterAccess access() throws Exception {
        return Kubeconfig.read(List.of(cluster.kubeconfig())).access(null);
    }

    public SyncRequest request(Command command) {
        RepositoryRequest repo = new RepositoryRequest(
                repository.directory().toString(), null, false, RepositoryPolicy.localAndRemote(), null);
        return SyncRequest.of(command, repo)
                .withApp("app")
                .withNamespace(namespace)
                .withHealth(new HealthPolicy(controllers, Duration.ofSeconds(60)));
    }

    /** The credential of a service account in the app's namespace that has one of the cluster's roles there alone. */
    public ClusterAccess tenant(String clusterRole) throws Exception {
        kubectl("create", "serviceaccount", "tenant");
        kubectl(
                "create",
                "rolebinding",
                "tenant",
                "--clusterrole=" + clusterRole,
                "--serviceaccount=" + namespace + ":tenant");
        ClusterAccess admin = access();
        return new ClusterAccess(admin.server())
                .caCertificate(admin.caCertificate())
                .token(kubectl("create", "token", "tenant"));
    }

    public Report run(SyncRequest request) throws Exception {
        return run(request, access());
    }

    public Report run(SyncRequest request, ProgressListener progress) throws Exception {
        return new GitOpsEngine(getRoot().toPath().resolve("cache")).run(request, access(), progress);
    }

    public Report run(SyncRequest request, ClusterAccess access) throws Exception {
        return new GitOpsEngine(getRoot().toPath().resolve("cache")).run(request, access, ProgressListener.SILENT);
    }

    public Report sync() throws Exception {
        return run(request(Command.SYNC));
    }

    public Report plan() throws Exception {
        return run(request(Command.PLAN));
    }

    public Report drift() throws Exception {
        return run(request(Command.DRIFT));
    }

    /** What the report says of one object in the app's namespace. */
    public ObjectReport object(Report report, String kind, String name) {
        return report.objects().stream()
                .filter(o -> is(o.id(), kind, name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + "/" + name + " is not in " + report.objects()));
    }

    private static boolean is(ObjectId id, String kind, String name) {
        return id.kind().equals(kind) && id.name().equals(name);
    }

    /**
     * Waits until the API server tells whoever asks that it serves a kind, or that it does no more: that is a while after
     * its definition was established or deleted.
     */
    public void awaitServed(String plural, String group, boolean served) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            String kinds = kubectl("api-resources", "--api-group=" + group, "--cached=false", "-o", "name");
            if (kinds.contains(plural + "." + group) == served) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(plural + "." + group + (served ? " is not served" : " is served still"));
    }

    /** Runs kubectl as an administrator, in the app's namespace, and returns what it prints. */
    public String kubectl(String... arguments) throws IOException, InterruptedException {
        return kubectlWith("", arguments);
    }

    public String kubectlWith(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(cluster.kubectl().toString());
        command.add("--kubeconfig=" + cluster.kubeconfig());
        if (!List.of(arguments).contains("--all-namespaces")) {
            command.add("--namespace=" + namespace);
        }
        command.addAll(List.of(arguments));
        Path out = newFile("kubectl-" + UUID.randomUUID()).toPath();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        int code = process.waitFor();
        String text = java.nio.file.Files.readString(out);
        if (code != 0) {
            throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + text);
        }
        return text.trim();
    }
}
