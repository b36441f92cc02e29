package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.localcluster.BinaryMaker.CannotMakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** With a shell script in the place of Go. */
public class GoBuildTest {
    private static final Platform PLATFORM = new Platform("linux", "amd64");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private Path path;
    private Path root;

    @Before
    public void setUp() throws IOException {
        path = folder.newFolder("path").toPath();
        root = folder.newFolder("cache").toPath();
    }

    @Test
    public void buildsEachFromItsPinnedModule() throws Exception {
        go(
                """
                while [ "$1" != -o ]; do shift; done
                test -s go.sum || exit 1
                { echo "$3"; grep ^require go.mod; echo "$GOFLAGS $CGO_ENABLED ${GOOS-none}"; } > "$2"
                chmod +x "$2"
                """);

        build(EnumSet.allOf(Binary.class));

        assertEquals(
                """
                go.etcd.io/etcd/server/v3
                require go.etcd.io/etcd/server/v3 v3.6.5
                -mod=readonly 0 none
                """,
                Files.readString(built("etcd")));
        assertEquals(
                """
                k8s.io/kubernetes/cmd/kube-scheduler
                require k8s.io/kubernetes v1.36.3
                -mod=readonly 0 none
                """,
                Files.readString(built("kube-scheduler")));
        assertEquals(
                """
                sigs.k8s.io/kwok/cmd/kwok
                require sigs.k8s.io/kwok v0.8.0
                -mod=readonly 0 none
                """,
                Files.readString(built("kwok")));
        assertTrue(lines.toString(), lines.get(0).contains("6 binaries of Kubernetes 1.36.3 from Go modules"));
        assertTrue(lines.toString(), lines.get(2).startsWith("built kube-apiserver in "));
    }

    @Test
    public void aFailedBuildLeavesNoBinaryAndSaysWhatGoSaid() throws Exception {
        go(
                """
                while [ "$1" != -o ]; do shift; done
                echo half > "$2"; chmod +x "$2"
                echo 'go: k8s.io/kubernetes@v1.36.3: Get "https://proxy.example/": dial tcp: no route to host' >&2
                exit 1
                """);

        CannotMakeException e = assertThrows(CannotMakeException.class, () -> build(Set.of(Binary.KUBE_APISERVER)));

        assertEquals(
                "kube-apiserver did not build, go ended with 1: go: k8s.io/kubernetes@v1.36.3: Get"
                        + " \"https://proxy.example/\": dial tcp: no route to host",
                e.getMessage());
        assertEquals(List.of(), files());
    }

    @Test
    public void whatWasBuiltBeforeAFailureIsKept() throws Exception {
        go(
                """
                while [ "$1" != -o ]; do shift; done
                case "$3" in *kubectl) exit 1 ;; esac
                echo whole > "$2"; chmod +x "$2"
                """);

        assertThrows(CannotMakeException.class, () -> build(EnumSet.of(Binary.ETCD, Binary.KUBECTL)));

        assertEquals(List.of(built("etcd")), files());
    }

    @Test
    public void anInterruptEndsGoAndWhatGoStarted() throws Exception {
        Path ids = folder.getRoot().toPath().resolve("ids");
        go("sleep 300 & echo $$ $! > " + ids + "\nwait\n");
        Thread builder = new Thread(() -> assertThrows(InterruptedException.class, () -> build(Set.of(Binary.ETCD))));
        builder.start();
        while (!Files.exists(ids) || Files.readString(ids).isBlank()) {
            Thread.sleep(20);
        }

        builder.interrupt();
        builder.join(10_000);

        assertFalse(builder.isAlive());
        for (String id : Files.readString(ids).strip().split(" ")) {
            assertTrue("process " + id + " still runs", endsSoon(Long.parseLong(id)));
        }
        assertEquals(List.of(), files());
    }

    @Test
    public void tellsThatItStillBuilds() throws Exception {
        go(
                """
                while [ "$1" != -o ]; do shift; done
                echo k8s.io/apiserver/pkg/server >&2
                sleep 3
                echo whole > "$2"; chmod +x "$2"
                """);

        build(Set.of(Binary.KUBECTL));

        assertTrue(
                lines.toString(),
                lines.get(1).matches("building kubectl, 1 of 1 \\([23] s\\): k8s.io/apiserver/pkg/server"));
    }

    @Test
    public void leftoversOfAKilledBuildAreRemoved() throws Exception {
        Files.createDirectories(root.resolve("build-123/bin"));
        Files.writeString(root.resolve("build-123/bin/etcd"), "half");
        go("exit 1");

        assertThrows(CannotMakeException.class, () -> build(Set.of(Binary.ETCD)));

        assertFalse(Files.exists(root.resolve("build-123")));
    }

    @Test
    public void saysThatThereIsNoGo() {
        CannotMakeException e = assertThrows(CannotMakeException.class, () -> build(Set.of(Binary.ETCD)));

        assertEquals("there is no go on the PATH", e.getMessage());
    }

    private void go(String script) throws IOException {
        FakeBinaries.executable(path.resolve("go"), "#!/bin/sh\n" + script);
    }

    private void build(Set<Binary> binaries) throws CannotMakeException, InterruptedException {
        Map<String, String> environment =
                Map.of("PATH", path + ":/usr/bin:/bin", "GOOS", "plan9", "GOFLAGS", "-mod=mod");
        if (!Files.exists(path.resolve("go"))) {
            environment = Map.of("PATH", path.toString());
        }
        new GoBuild(PLATFORM, environment).make(binaries, root, lines::add);
    }

    private Path built(String binary) {
        return root.resolve("k8s/1.36.3-linux-amd64").resolve(binary);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean endsSoon(long id) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (ProcessHandle.of(id).map(Daemon::hasEnded).orElse(true)) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }
}
