package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class BinaryFinderTest {
    private static final Set<Binary> CORE = Binary.needed(false);
    private static final Set<Binary> ALL = Binary.needed(true);
    private static final String OURS = ControlPlaneBinaries.VERSION;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<String> lines = new ArrayList<>();
    private Path named;
    private Path cache;
    private FakeMaker download;
    private FakeMaker build;

    /** Makes fake binaries, or fails with a reason. */
    private static final class FakeMaker implements BinaryMaker {
        private final Set<Binary> makes;
        private final String version;
        private final List<Set<Binary>> asked = new ArrayList<>();
        private String failure;

        FakeMaker(Set<Binary> makes, String version) {
            this.makes = makes;
            this.version = version;
        }

        @Override
        public Set<Binary> makes() {
            return makes;
        }

        @Override
        public void make(Set<Binary> binaries, Path root, Progress progress) throws CannotMakeException {
            asked.add(EnumSet.copyOf(binaries));
            if (failure != null) {
                throw new CannotMakeException(failure);
            }
            try {
                Thread.sleep(50);
                FakeBinaries.in(root, version, binaries);
            } catch (IOException | InterruptedException e) {
                throw new CannotMakeException(e.toString());
            }
        }
    }

    @Before
    public void setUp() throws IOException {
        named = folder.newFolder("named").toPath();
        cache = folder.newFolder("cache").toPath();
        download = new FakeMaker(CORE, "1.36.0");
        build = new FakeMaker(ALL, OURS);
    }

    @Test
    public void theNamedDirectoryComesFirst() throws Exception {
        Path dir = FakeBinaries.in(named, OURS, CORE);
        FakeBinaries.in(cache, OURS, ALL);

        Map<Binary, Path> found = find(named, CORE);

        assertEquals(dir.resolve("kube-apiserver"), found.get(Binary.KUBE_APISERVER));
        assertEquals(CORE, found.keySet());
        assertEquals(List.of(), lines);
    }

    @Test
    public void theNamedDirectoryMayHaveThemRightInIt() throws Exception {
        FakeBinaries.rightIn(named, CORE);

        assertEquals(named.resolve("etcd"), find(named, CORE).get(Binary.ETCD));
    }

    @Test
    public void theNewestVersionOfTheNamedDirectoryIsTakenWhateverItIs() throws Exception {
        FakeBinaries.in(named, "1.9.1", CORE);
        Path newest = FakeBinaries.in(named, "1.31.0", CORE);
        FakeBinaries.in(named, "1.32.0", Set.of(Binary.KUBECTL));

        assertEquals(newest.resolve("etcd"), find(named, CORE).get(Binary.ETCD));
    }

    @Test
    public void theCacheIsNextAndNothingIsMade() throws Exception {
        Path dir = FakeBinaries.in(cache, OURS, ALL);

        Map<Binary, Path> found = find(named, ALL);

        assertEquals(dir.resolve("kwok"), found.get(Binary.KWOK));
        assertEquals(List.of(), download.asked);
        assertEquals(List.of(), build.asked);
        assertTrue(lines.toString(), lines.get(0).contains(named.toString()));
    }

    @Test
    public void controllersOfTheSameMinorVersionCompleteANamedApiServer() throws Exception {
        Path core = FakeBinaries.in(named, "1.36.0", CORE);
        Path all = FakeBinaries.in(cache, OURS, ALL);

        Map<Binary, Path> found = find(named, ALL);

        assertEquals(core.resolve("kube-apiserver"), found.get(Binary.KUBE_APISERVER));
        assertEquals(all.resolve("kube-scheduler"), found.get(Binary.KUBE_SCHEDULER));
    }

    @Test
    public void controllersOfAnotherMinorVersionAreNotMixedWithANamedApiServer() throws Exception {
        FakeBinaries.in(named, "1.30.0", CORE);
        Path all = FakeBinaries.in(cache, OURS, ALL);

        assertEquals(all.resolve("kube-apiserver"), find(named, ALL).get(Binary.KUBE_APISERVER));
    }

    @Test
    public void theDownloadComesBeforeTheBuild() throws Exception {
        Map<Binary, Path> found = find(null, CORE);

        assertTrue(found.get(Binary.ETCD).startsWith(cache));
        assertEquals(List.of(CORE), download.asked);
        assertEquals(List.of(), build.asked);
    }

    @Test
    public void onlyWhatNoOtherWayGaveIsBuilt() throws Exception {
        find(null, ALL);

        assertEquals(List.of(CORE), download.asked);
        assertEquals(List.of(Binary.controllers()), build.asked);
    }

    @Test
    public void theBuildIsTheLastWay() throws Exception {
        download.failure = "no network";

        assertEquals(CORE, find(null, CORE).keySet());
        assertEquals(List.of(CORE), build.asked);
    }

    @Test
    public void aFileThatCannotBeExecutedIsNoBinary() throws Exception {
        Path dir = FakeBinaries.in(cache, OURS, CORE);
        Files.delete(dir.resolve("etcd"));
        Files.writeString(dir.resolve("etcd"), "half");
        download.failure = "no network";

        find(null, CORE);

        assertEquals(List.of(Set.of(Binary.ETCD)), build.asked);
    }

    @Test
    public void theErrorTellsAllFourWaysAndWhyEachFailed() throws Exception {
        FakeBinaries.in(cache, OURS, Set.of(Binary.KUBECTL));
        download.failure = "the host example.invalid is unknown";
        build.failure = "there is no go on the PATH";

        ControlPlaneException e = assertThrows(ControlPlaneException.class, () -> find(named, CORE));

        String suffix = Platform.current().suffix();
        assertEquals(
                "no control plane can be started, for want of etcd, kube-apiserver of Kubernetes 1.36.3:\n"
                        + "  1. the directory that you name, " + named + ": it has no k8s/<version>" + suffix
                        + " with binaries\n"
                        + "  2. the cache directory, " + cache + ": it has 1.36.3, but not etcd, kube-apiserver\n"
                        + "  3. the download of kube-api-test: the host example.invalid is unknown\n"
                        + "  4. a build from Go modules: there is no go on the PATH\n"
                        + "Name a directory that has them, or put Go 1.26 or newer (https://go.dev/dl/) on the PATH and"
                        + " let them be built.",
                e.getMessage());
    }

    @Test
    public void theErrorTellsThatNoDirectoryIsNamed() {
        download.failure = "x";
        build.failure = "y";

        ControlPlaneException e = assertThrows(ControlPlaneException.class, () -> find(null, CORE));

        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .contains("1. a directory that you name: none is named, neither as an argument nor in"
                                + " KUBE_API_TEST_DIR\n"));
    }

    @Test
    public void theErrorTellsThatTheDownloadHasNoControllers() throws Exception {
        FakeBinaries.in(cache, OURS, CORE);
        build.failure = "there is no go on the PATH";

        ControlPlaneException e = assertThrows(ControlPlaneException.class, () -> find(null, ALL));

        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .contains("3. the download of kube-api-test: it offers no kube-controller-manager,"
                                + " kube-scheduler, kwok\n"));
    }

    @Test
    public void theErrorTellsThatTheCacheCannotBeWritten() throws Exception {
        Files.delete(cache);
        Files.writeString(cache, "a file");

        ControlPlaneException e = assertThrows(ControlPlaneException.class, () -> find(null, CORE));

        assertTrue(e.getMessage(), e.getMessage().contains("4. a build from Go modules: nothing can be kept, cannot"));
    }

    @Test
    public void twoAtOnceMakeThemOnce() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Callable<Map<Binary, Path>> search = () -> finder(null).find(CORE, Progress.none());
            for (Future<Map<Binary, Path>> found : two.invokeAll(List.of(search, search))) {
                assertEquals(CORE, found.get().keySet());
            }
        } finally {
            two.shutdown();
        }
        assertEquals(List.of(CORE), download.asked);
    }

    private Map<Binary, Path> find(Path directory, Set<Binary> needed) throws InterruptedException {
        return finder(directory).find(needed, lines::add);
    }

    private BinaryFinder finder(Path directory) {
        return new BinaryFinder(directory, cache, download, build, Platform.current());
    }
}
