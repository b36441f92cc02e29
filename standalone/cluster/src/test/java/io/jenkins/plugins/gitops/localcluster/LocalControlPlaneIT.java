package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.localcluster.ClusterStatus.Component;
import io.jenkins.plugins.gitops.localcluster.ClusterStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The real thing, without controllers. */
public class LocalControlPlaneIT {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private Path dir;
    private Path other;

    /** What a command does: starts it, and ends. */
    public static final class Up {
        public static void main(String[] arguments) throws InterruptedException {
            LocalControlPlane.up(Path.of(arguments[0]), Options.defaults(), System.out::println);
        }
    }

    @Before
    public void setUp() throws IOException {
        dir = folder.getRoot().toPath().toRealPath().resolve("one");
        other = folder.getRoot().toPath().toRealPath().resolve("two");
    }

    @After
    public void tearDown() throws Exception {
        LocalControlPlane.delete(dir, Progress.none());
        LocalControlPlane.delete(other, Progress.none());
    }

    @Test
    public void outlivesTheCommandThatStartedItAndKeepsItsObjects() throws Exception {
        try (Jvm command = Jvm.run(Up.class, dir.toString())) {
            command.lineWith("ready: https://127.0.0.1:");
            assertEquals(0, command.exitCode());
        }
        ClusterStatus status = LocalControlPlane.status(dir);
        assertEquals(State.RUNNING, status.state());
        assertEquals("v" + ControlPlaneBinaries.VERSION, status.version());
        kubectl(dir).run("create", "configmap", "kept", "--from-literal=a=b");

        Files.delete(dir.resolve("kubeconfig"));
        RunningCluster again = up(dir);
        assertTrue(again.alreadyRunning());
        kubectl(dir).run("get", "configmap", "kept");
        assertTrue(lines.toString(), lines.contains("already running: " + status.server()));

        assertTrue(LocalControlPlane.down(dir, lines::add));
        assertFalse(LocalControlPlane.down(dir, lines::add));
        assertEquals(State.STOPPED, LocalControlPlane.status(dir).state());
        assertEquals(status.components().size(), ended(status.components()));

        RunningCluster restarted = up(dir);
        assertFalse(restarted.alreadyRunning());
        assertEquals(status.server(), restarted.server());
        assertEquals("b", kubectl(dir).run("get", "configmap", "kept", "-o", "jsonpath={.data.a}"));
    }

    private static long ended(List<Component> components) {
        return components.stream()
                .filter(component ->
                        ProcessHandle.of(component.pid()).map(Daemon::hasEnded).orElse(true))
                .count();
    }

    @Test
    public void severalStandSideBySide() throws Exception {
        RunningCluster one = up(dir);
        RunningCluster two = up(other);
        assertNotEquals(one.server(), two.server());
        kubectl(dir).run("create", "namespace", "only-in-one");

        assertTrue(LocalControlPlane.down(other, lines::add));

        assertEquals(State.RUNNING, LocalControlPlane.status(dir).state());
        assertEquals("namespace/only-in-one", kubectl(dir).run("get", "namespace", "only-in-one", "-o", "name"));
        up(other);
        assertThrows(AssertionError.class, () -> kubectl(other).run("get", "namespace", "only-in-one"));
    }

    /** As after a reboot: ids are recorded, and other programs have them now. */
    @Test
    public void startsWhereTheRecordedIdsBelongToOthers() throws Exception {
        up(dir);
        List<Component> before = LocalControlPlane.status(dir).components();
        for (Binary binary : Components.all(false)) {
            Components.in(ClusterDirectory.at(dir)).daemon(binary).end(false);
        }
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try {
            for (Component component : before) {
                Files.writeString(dir.resolve("run/" + component.name() + ".pid"), stranger.pid() + "\n");
            }
            assertEquals(State.STOPPED, LocalControlPlane.status(dir).state());
            assertFalse(LocalControlPlane.down(dir, lines::add));

            assertFalse(up(dir).alreadyRunning());

            assertEquals(State.RUNNING, LocalControlPlane.status(dir).state());
            assertTrue("a stranger was ended", stranger.isAlive());
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    public void repairsWhatEndedByItself() throws Exception {
        up(dir);
        kubectl(dir).run("create", "namespace", "kept");
        Components.in(ClusterDirectory.at(dir)).daemon(Binary.ETCD).end(false);

        assertEquals(State.DEGRADED, LocalControlPlane.status(dir).state());
        up(dir);

        assertTrue(lines.toString(), lines.contains("a part of the control plane ended; starting all of it anew"));
        assertEquals("namespace/kept", kubectl(dir).run("get", "namespace", "kept", "-o", "name"));
    }

    @Test
    public void takesOtherPortsWhereItsOwnAreTaken() throws Exception {
        RunningCluster first = up(dir);
        LocalControlPlane.down(dir, lines::add);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", first.server().getPort()));

            RunningCluster second = up(dir);

            assertNotEquals(first.server(), second.server());
            assertEquals("ok", kubectl(dir).run("get", "--raw", "/readyz"));
        }
    }

    @Test
    public void aCommandThatIsEndedLeavesNoProcess() throws Exception {
        try (Jvm command = Jvm.run(Up.class, dir.toString())) {
            command.lineWith("starting kube-apiserver");
            command.terminate();
        }

        assertEquals(List.of(), processesOf(dir));
        up(dir);
    }

    private static List<String> processesOf(Path directory) throws InterruptedException {
        List<String> left = List.of();
        for (int i = 0; i < 50; i++) {
            left = ProcessHandle.allProcesses()
                    .filter(process -> !Daemon.hasEnded(process))
                    .map(process -> process.info().commandLine().orElse(""))
                    .filter(command -> command.contains(directory + "/"))
                    .toList();
            if (left.isEmpty()) {
                break;
            }
            Thread.sleep(100);
        }
        return left;
    }

    @Test
    public void isForItsOwnerAndThisMachineAlone() throws Exception {
        RunningCluster cluster = up(dir);

        try (Stream<Path> all = Files.walk(dir)) {
            for (Path path : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                boolean secret = path.equals(cluster.kubeconfig())
                        || path.startsWith(dir.resolve("pki"))
                        || path.startsWith(dir.resolve("etcd"));
                assertTrue(path + " is " + mode, !secret || mode.endsWith("------"));
            }
        }
        int etcdPort =
                ClusterRecord.read(ClusterDirectory.at(dir)).orElseThrow().etcdPort();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertFalse(
                            address.toString(),
                            accepts(address, cluster.server().getPort()));
                    assertFalse(address.toString(), accepts(address, etcdPort));
                }
            }
        }
        assertTrue(Ports.accepts(etcdPort));
    }

    private static boolean accepts(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A certificate that the cluster hands out is no key to the data beneath it. */
    @Test
    public void etcdAnswersNobodyButTheApiServer() throws Exception {
        up(dir);
        ClusterDirectory directory = ClusterDirectory.at(dir);
        ClusterRecord record = ClusterRecord.read(directory).orElseThrow();
        URI etcd = URI.create("https://127.0.0.1:" + record.etcdPort());
        String authority = Files.readString(directory.pki("etcd-ca.crt"));
        Authority.Identity apiServer = new Authority.Identity(
                Files.readString(directory.pki("etcd.crt")), Files.readString(directory.pki("etcd.key")));

        assertEquals(
                200, new ApiClient(etcd, authority, apiServer).get("/version").status());
        ApiClient.Answer answer =
                new ApiClient(etcd, authority, Pki.of(directory).admin()).get("/version");

        assertEquals(answer.body(), 0, answer.status());
    }

    @Test
    public void deletingLeavesNothing() throws Exception {
        up(dir);

        LocalControlPlane.delete(dir, lines::add);

        assertFalse(Files.exists(dir));
        assertEquals(List.of(), processesOf(dir));
    }

    @Test
    public void aProcessThatCannotStartIsToldWithTheEndOfItsLog() throws Exception {
        ControlPlaneBinaries real = ControlPlaneBinaries.find(Options.defaults(), lines::add);
        Path broken = folder.newFolder("broken").toPath();
        for (Binary binary : Binary.needed(false)) {
            Files.createSymbolicLink(broken.resolve(binary.fileName()), real.path(binary));
        }
        Files.delete(broken.resolve("kube-apiserver"));
        FakeBinaries.executable(broken.resolve("kube-apiserver"), "#!/bin/sh\necho 'cannot work today' >&2; exit 3\n");

        ControlPlaneException e = assertThrows(
                ControlPlaneException.class,
                () -> LocalControlPlane.up(dir, Options.defaults().withBinariesDir(broken), lines::add));

        assertEquals(
                "kube-apiserver ended while it was starting; the end of " + dir.resolve("logs/kube-apiserver.log")
                        + ":\n  cannot work today",
                e.getMessage());
        assertEquals(List.of(), processesOf(dir));
    }

    private RunningCluster up(Path directory) throws InterruptedException {
        return LocalControlPlane.up(directory, Options.defaults(), lines::add);
    }

    private static Kubectl kubectl(Path directory) throws InterruptedException {
        return new Kubectl(
                ControlPlaneBinaries.find(Options.defaults(), Progress.none()).path(Binary.KUBECTL),
                directory.resolve("kubeconfig"));
    }
}
