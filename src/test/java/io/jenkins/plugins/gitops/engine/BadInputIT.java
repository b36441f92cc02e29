package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.Kubeconfig;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Bad input gets a clear error, all of it together, and changes nothing. */
public class BadInputIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void aFolderThatIsNoGitRepository() throws Exception {
        Path folder = engine.newFolder("plain").toPath();
        Files.writeString(folder.resolve("a.yaml"), Manifests.configMap("a", "key", "1"));
        assertInvalid(engine.run(at(folder.toString(), null)), "is not in a Git repository");
    }

    @Test
    public void anUnknownBranch() throws Exception {
        good();
        assertInvalid(engine.run(at(engine.repository().directory().toString(), "mian")), "mian");
    }

    @Test
    public void anEmptyFolder() throws Exception {
        engine.repository().write("docs/readme.txt", "nothing here");
        engine.repository().commit("Nothing");
        assertInvalid(engine.run(engine.request(Command.SYNC).withPath("docs")), "no manifests");
    }

    @Test
    public void aPathOutsideTheRepository() throws Exception {
        good();
        assertInvalid(engine.run(engine.request(Command.SYNC).withPath("../other")), "../other");
        assertInvalid(engine.run(engine.request(Command.SYNC).withPath("/etc")), "/etc");
    }

    @Test
    public void aSymbolicLinkOutOfTheRepository() throws Exception {
        good();
        Path outside = engine.newFile("outside.yaml").toPath();
        Files.writeString(outside, Manifests.configMap("leaked", "key", "1"));
        Files.createSymbolicLink(engine.repository().directory().resolve("link.yaml"), outside);
        engine.repository().commit("Link");
        assertInvalid(engine.sync(), "link.yaml");
    }

    @Test
    public void everyProblemOfEveryFileIsListedTogether() throws Exception {
        good();
        engine.repository()
                .write("broken.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n bad: indent\n")
                .write("no-kind.yaml", "apiVersion: v1\nmetadata: {name: x}\n")
                .write("no-name.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n")
                .write("twin.yaml", Manifests.configMap("good", "key", "2"));
        engine.repository().commit("Break things");
        Report report = engine.sync();
        assertInvalid(report, "broken.yaml:5");
        assertInvalid(report, "no-kind.yaml");
        assertInvalid(report, "no-name.yaml");
        assertInvalid(report, "twin.yaml");
    }

    @Test
    public void anUnknownKindAndAnUnknownFieldAndAMissingNamespace() throws Exception {
        engine.repository().write("kind.yaml", "apiVersion: apps/v1\nkind: Deploymnet\nmetadata: {name: x}\n");
        engine.repository()
                .write(
                        "namespace.yaml",
                        Manifests.configMap("lost", "key", "1")
                                .replace("  name: lost\n", "  name: lost\n  namespace: no-such-namespace\n"));
        engine.repository().commit("Break things");
        Report report = engine.sync();
        assertInvalid(report, "kind.yaml:1:1: unknown kind Deploymnet in apps/v1; did you mean Deployment?");
        assertInvalid(report, "namespace \"no-such-namespace\" exists neither in Git nor in the cluster");
    }

    @Test
    public void anUnknownFieldIsNamedWithItsLine() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:1").replace("replicas:", "replcas:"))
                .write("good.yaml", Manifests.configMap("good", "key", "1"));
        engine.repository().commit("Mistype");
        assertInvalid(
                engine.sync(), "web.yaml:8:3: Deployment/" + engine.namespace() + "/web: spec.replcas: unknown field");
    }

    @Test
    public void aValueOfTheWrongType() throws Exception {
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 2, "web:1").replace("replicas: 2", "replicas: two"));
        engine.repository().commit("Mistype");
        assertInvalid(engine.sync(), "web.yaml:8");
    }

    @Test
    public void aWrongTokenAndAnUnreachableServer() throws Exception {
        good();
        ClusterAccess wrong = new ClusterAccess(engine.cluster().server().toString())
                .insecureSkipTlsVerify(true)
                .token("not-the-token");
        Report report = run(wrong);
        assertEquals(Status.FAILED, report.status());
        assertTrue(report.message(), report.message().contains("does not accept the credential"));
        assertFalse(report.toString(), report.toString().contains("not-the-token"));

        Report gone = run(new ClusterAccess("https://127.0.0.1:1").token("t"));
        assertEquals(Status.FAILED, gone.status());
        assertTrue(gone.message(), gone.message().startsWith("https://127.0.0.1:1 cannot be reached"));

        Report untrusted = run(new ClusterAccess(engine.cluster().server().toString()).token("t"));
        assertEquals(Status.FAILED, untrusted.status());
        assertTrue(untrusted.message(), untrusted.message().contains("is not trusted"));
    }

    @Test
    public void aKubeconfigThatWantsToRunAProgram() throws Exception {
        String kubeconfig =
                """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: u, user: {exec: {apiVersion: v1, command: touch, args: [%s]}}}]
                """
                        .formatted(engine.getRoot().toPath().resolve("ran"));
        BadInputException refused = assertThrows(BadInputException.class, () -> Kubeconfig.parse("test", kubeconfig)
                .access(null));
        assertTrue(
                refused.getMessage(), refused.getMessage().contains("wants to run a program (exec), which is refused"));
        assertFalse(Files.exists(engine.getRoot().toPath().resolve("ran")));
    }

    private void good() throws Exception {
        engine.repository().write("good.yaml", Manifests.configMap("good", "key", "1"));
        engine.repository().commit("Good");
    }

    private SyncRequest at(String repo, String revision) {
        return SyncRequest.of(
                        Command.SYNC,
                        new RepositoryRequest(repo, revision, false, RepositoryPolicy.localAndRemote(), null))
                .withApp("app")
                .withNamespace(engine.namespace())
                .withHealth(new HealthPolicy(false, Duration.ZERO));
    }

    private Report run(ClusterAccess access) {
        return new GitOpsEngine(engine.getRoot().toPath().resolve("cache"))
                .run(engine.request(Command.SYNC), access, ProgressListener.SILENT);
    }

    /** Exit code 2, the problem told, and nothing at all in the namespace. */
    private void assertInvalid(Report report, String expected) throws Exception {
        List<String> problems = report.problems().stream()
                .filter(Problem::isError)
                .map(Problem::toString)
                .toList();
        assertEquals(report.toString(), Status.INVALID, report.status());
        assertEquals(2, report.status().exitCode());
        assertTrue(
                expected + " is not in " + problems, problems.stream().anyMatch(problem -> problem.contains(expected)));
        assertEquals("", engine.kubectl("get", "configmaps,deployments", "-o", "name"));
    }
}
