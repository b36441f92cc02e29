package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;

/**
 * What one process that syncs for weeks holds in the end: the threads, file descriptors, connections and memory of one sync, whatever
 * the number of syncs and apps. Long form: {@code -Dgitops.syncs=500} or more, {@code -Dgitops.apps=1000}.
 */
public class ManySyncsIT {

    private static final int SYNCS = Integer.getInteger("gitops.syncs", 40);
    private static final int APPS = Integer.getInteger("gitops.apps", 10);
    private static final int WARM_UP = 10;

    @Rule
    public final EngineRule engine = new EngineRule();

    /** @param connections the descriptors that are sockets; 0 where the system does not tell */
    private record Held(int threads, long descriptors, long connections, long heapBytes) {

        static Held now() throws IOException, InterruptedException {
            // Threads of a pool and sockets that were given back go a moment later.
            Thread.sleep(1500);
            long heap = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(100);
                heap = Math.min(
                        heap,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
            return new Held(ManagementFactory.getThreadMXBean().getThreadCount(), descriptors, sockets(), heap);
        }

        private static long sockets() throws IOException {
            Path descriptors = Path.of("/proc/self/fd");
            if (!Files.isDirectory(descriptors)) {
                return 0;
            }
            long sockets = 0;
            try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
                for (Path link : links) {
                    sockets += isSocket(link) ? 1 : 0;
                }
            }
            return sockets;
        }

        private static boolean isSocket(Path link) throws IOException {
            try {
                return Files.readSymbolicLink(link).toString().startsWith("socket:");
            } catch (NoSuchFileException e) {
                // Closed meanwhile, such as that of the listing itself.
                return false;
            }
        }
    }

    @Test
    public void nothingIsLeftOfASyncThatIsOver() throws Exception {
        for (int i = 0; i < APPS; i++) {
            engine.repository().write("apps/app-" + i + "/a.yaml", Manifests.configMap("a-" + i, "key", "1"));
        }
        engine.repository().commit("Apps");
        syncs(0, WARM_UP);
        Held before = Held.now();
        syncs(WARM_UP, Math.max(SYNCS, APPS));
        Held after = Held.now();
        String both = SYNCS + " syncs, " + APPS + " apps: " + before + ", " + after;
        System.out.println(both);
        assertTrue(both, after.threads() <= before.threads() + 2);
        assertTrue(both, after.descriptors() <= before.descriptors() + 5);
        assertTrue(both, after.connections() <= before.connections() + 2);
        assertTrue(both, after.heapBytes() <= before.heapBytes() + (8 << 20));
    }

    /** Every app in turn; each of them created, and from then on changed by somebody before every other sync. */
    private void syncs(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            String app = "app-" + i % APPS;
            if (i >= APPS && i % 2 == 0) {
                engine.kubectl("label", "--overwrite", "configmap/a-" + i % APPS, "tier=" + i);
            }
            SyncRequest request = engine.request(Command.SYNC).withApp(app).withPath("apps/" + app);
            Report report = engine.run(request);
            assertEquals(report.message(), Status.IN_SYNC, report.status());
        }
    }
}
