package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ControlPlaneBinariesTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theArgumentOutweighsTheVariable() throws Exception {
        Path argument = folder.newFolder("argument").toPath();
        Path variable = folder.newFolder("variable").toPath();
        FakeBinaries.in(argument, "1.36.3", Binary.needed(false));
        FakeBinaries.in(variable, "1.36.3", Binary.needed(false));
        Map<String, String> environment = Map.of("KUBE_API_TEST_DIR", variable.toString());

        assertTrue(etcd(Options.defaults(), environment).startsWith(variable));
        assertTrue(
                etcd(Options.defaults().withBinariesDir(argument), environment).startsWith(argument));
    }

    private static Path etcd(Options options, Map<String, String> environment) throws InterruptedException {
        return ControlPlaneBinaries.find(options, environment, Progress.none()).path(Binary.ETCD);
    }

    /** The processes run in another directory than the command. */
    @Test
    public void aRelativeDirectoryIsMadeAbsolute() throws Exception {
        Path dir = FakeBinaries.rightIn(folder.getRoot().toPath(), Binary.needed(false));
        Path relative = Path.of("").toAbsolutePath().relativize(dir);

        assertEquals(dir.resolve("etcd"), etcd(Options.defaults().withBinariesDir(relative), Map.of()));
    }

    @Test
    public void whatWasNotAskedForIsNotThere() throws Exception {
        Path dir = FakeBinaries.rightIn(folder.getRoot().toPath(), Binary.needed(true));
        ControlPlaneBinaries binaries =
                ControlPlaneBinaries.find(Options.defaults().withBinariesDir(dir), Map.of(), Progress.none());

        assertThrows(IllegalArgumentException.class, () -> binaries.path(Binary.KWOK));
    }

    @Test
    public void theCacheIsWhereThePlatformKeepsSuchThings() {
        Path home = Path.of(System.getProperty("user.home"));
        Platform linux = new Platform("linux", "amd64");
        Platform mac = new Platform("darwin", "arm64");

        assertEquals(
                home.resolve(".cache/gitops-jenkins/control-plane"),
                ControlPlaneBinaries.cacheDirectory(Map.of(), linux));
        assertEquals(
                home.resolve("Library/Caches/gitops-jenkins/control-plane"),
                ControlPlaneBinaries.cacheDirectory(Map.of(), mac));
        assertEquals(
                Path.of("/elsewhere/gitops-jenkins/control-plane"),
                ControlPlaneBinaries.cacheDirectory(Map.of("XDG_CACHE_HOME", "/elsewhere"), linux));
        assertEquals(
                home.resolve(".cache/gitops-jenkins/control-plane"),
                ControlPlaneBinaries.cacheDirectory(Map.of("XDG_CACHE_HOME", "relative"), linux));
    }

    @Test
    public void platformsAreNamedAsGoNamesThem() {
        assertEquals("-linux-amd64", Platform.of("Linux", "amd64").suffix());
        assertEquals("-darwin-arm64", Platform.of("Mac OS X", "aarch64").suffix());
        assertEquals("-windows-amd64", Platform.of("Windows 11", "amd64").suffix());
        assertThrows(ControlPlaneException.class, () -> Platform.of("Windows 11", "amd64")
                .requireSupported());
    }

    /** The version is in the class and in the module file; one without the other would build what is never found. */
    @Test
    public void theModuleFilePinsTheVersionThatIsLookedFor() throws IOException {
        String module = new String(
                GoBuild.class.getResourceAsStream("go/kubernetes/go.mod").readAllBytes(), StandardCharsets.UTF_8);
        String staging = ControlPlaneBinaries.VERSION.replaceFirst("^1", "v0");

        assertTrue(module, module.contains("\nrequire k8s.io/kubernetes v" + ControlPlaneBinaries.VERSION + "\n"));
        assertTrue(module, module.contains("\ngo " + ControlPlaneBinaries.GO_VERSION));
        long replaced = module.lines().filter(line -> line.contains("=>")).count();
        assertTrue(module, replaced > 20);
        assertEquals(
                module,
                replaced,
                module.lines()
                        .filter(line -> line.matches("\t(k8s\\.io/\\S+) => \\1 " + staging.replace(".", "\\.")))
                        .count());
    }
}
