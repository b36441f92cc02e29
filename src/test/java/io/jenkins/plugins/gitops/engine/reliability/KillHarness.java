package io.jenkins.plugins.gitops.engine.reliability;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.TestRepository;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Two apps in two namespaces. In one their syncs are killed again and again, in the other they are never disturbed; what is
 * in both must be the same after every change of Git.
 */
final class KillHarness implements AutoCloseable {

    /** In the order in which they are synced: what moves goes from the second to the first. */
    static final List<String> APPS = List.of("gains", "loses");

    private final ClusterAccess access;
    private final Path kubeconfig;
    private final TestRepository repository;
    private final Path cache;
    private final String disturbed;
    private final String quiet;
    private final Random random;
    private final RandomApps apps;
    private final GitOpsEngine engine;
    private final ApiServer server;
    private SyncProcess next;
    private long longestMicros = 500_000;
    private int mostLines = 12;
    private int kills;
    private int tooLate;
    private final Map<String, Integer> moments = new TreeMap<>();

    KillHarness(
            ClusterAccess access,
            Path kubeconfig,
            TestRepository repository,
            Path cache,
            String disturbed,
            String quiet,
            long seed)
            throws Exception {
        this.access = access;
        this.kubeconfig = kubeconfig;
        this.repository = repository;
        this.cache = cache;
        this.disturbed = disturbed;
        this.quiet = quiet;
        this.random = new Random(seed);
        this.apps = new RandomApps(random);
        this.engine = new GitOpsEngine(cache);
        this.server = ApiServer.connect(access);
    }

    static SyncRequest request(Path repository, String app, String namespace, Command command) {
        RepositoryRequest repo =
                new RepositoryRequest(repository.toString(), null, false, RepositoryPolicy.localAndRemote(), null);
        return SyncRequest.of(command, repo)
                .withApp(app)
                .withPath(app)
                .withNamespace(namespace)
                .withApply(ApplyPolicy.DEFAULT.withPruneLimit(PruneLimit.NONE))
                .withHealth(new HealthPolicy(false, Duration.ofSeconds(20)));
    }

    int kills() {
        return kills;
    }

    /** How many syncs had ended before they could be killed. */
    int tooLate() {
        return tooLate;
    }

    /** How many kills came when, by what the sync had said last. */
    Map<String, Integer> moments() {
        return moments;
    }

    /** One change of Git: synced here without, there with kills, and compared. */
    void round() throws Exception {
        apps.change();
        apps.write(repository);
        String change = repository.commit("Change") + ": " + apps.lastChanges();
        for (String app : APPS) {
            succeed(app, quiet, change);
        }
        Map<String, String> before = ClusterPicture.uids(server, disturbed);
        for (String app : APPS) {
            // A sync that makes up for one may be killed, too.
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                kill(app);
            }
            succeed(app, disturbed, change);
        }
        assertEquals(
                change,
                ClusterPicture.of(server, quiet, APPS).text(),
                ClusterPicture.of(server, disturbed, APPS).text());
        assertKept(before, change);
        for (String app : APPS) {
            Report again = run(app, disturbed, Command.SYNC);
            assertEquals(change + again, "nothing had changed", again.message());
        }
    }

    private void kill(String app) throws Exception {
        SyncProcess process = prepared();
        next = SyncProcess.start(kubeconfig, repository.directory(), disturbed, cache);
        process.sync(app);
        // Half of the kills come at any time, half of them soon after something was done.
        boolean byLine = random.nextBoolean();
        long micros = (long) (random.nextDouble() * longestMicros);
        long took = process.killAfter(
                byLine ? 20_000_000 : micros, byLine ? 1 + random.nextInt(mostLines) : Integer.MAX_VALUE);
        List<String> said = process.said();
        if (process.hadEnded()) {
            tooLate++;
            mostLines = Math.max(3, Math.min(mostLines, said.size()));
            longestMicros = Math.max(100_000, Math.min(longestMicros, took));
        } else {
            kills++;
            longestMicros = Math.max(longestMicros, byLine ? took + took / 4 : 0);
            mostLines = Math.max(mostLines, said.size() + 2);
            String last = said.isEmpty() ? "" : said.get(said.size() - 1);
            moments.merge(moment(last), 1, Integer::sum);
        }
        expire(app);
    }

    /** By the last word of its last line: an object was created, a hook started ... */
    private static String moment(String line) {
        return line.startsWith("config repository")
                ? "before the first write"
                : line.matches("\\S+ \\S+") ? line.substring(line.indexOf(' ') + 1) : "between two steps";
    }

    private SyncProcess prepared() throws Exception {
        SyncProcess process =
                next == null ? SyncProcess.start(kubeconfig, repository.directory(), disturbed, cache) : next;
        process.awaitReady();
        return process;
    }

    /** As if half a minute had gone by: a lease of a killed sync is waited for. */
    private void expire(String app) throws Exception {
        ClusterPicture.expireLease(server, disturbed, app);
    }

    private void succeed(String app, String namespace, String change) throws Exception {
        Report report = run(app, namespace, Command.SYNC);
        assertEquals(namespace + "/" + app + " " + change + "\n" + report, Status.IN_SYNC, report.status());
    }

    private Report run(String app, String namespace, Command command) {
        return engine.run(request(repository.directory(), app, namespace, command), access, ProgressListener.SILENT);
    }

    /** What was there, is declared still and was not to be replaced is the very same object. */
    private void assertKept(Map<String, String> before, String change) throws Exception {
        Map<String, String> after = ClusterPicture.uids(server, disturbed);
        for (String object : apps.kept()) {
            if (before.containsKey(object)) {
                assertEquals(object + " was deleted and made again; " + change, before.get(object), after.get(object));
            }
        }
    }

    @Override
    public void close() {
        if (next != null) {
            next.close();
        }
        server.close();
    }
}
