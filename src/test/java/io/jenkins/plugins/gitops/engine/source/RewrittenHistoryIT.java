package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.report.Style;
import io.jenkins.plugins.gitops.engine.report.TextReport;
import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.FileUtils;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Somebody has pushed with force: the commit that was synced last is no ancestor of the branch, and nowhere any more. */
public class RewrittenHistoryIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    private GitServer git;

    @Before
    public void serve() throws Exception {
        git = GitServer.http(engine.repository().directory().getParent());
    }

    @After
    public void stop() {
        git.close();
    }

    @Test
    public void theSyncFollowsTheBranchAndPrunesWhatOnlyTheLostCommitDeclared() throws Exception {
        theSyncFollows("cache", "cache");
    }

    /** As on a new machine, where no copy of the lost commit is. */
    @Test
    public void theSyncNeedsNothingOfTheLostCommit() throws Exception {
        theSyncFollows("cache", "another-cache");
    }

    private void theSyncFollows(String cacheBefore, String cacheAfter) throws Exception {
        engine.repository()
                .write("same.yaml", Manifests.configMap("same", "key", "1"))
                .write("other.yaml", Manifests.configMap("other", "key", "1"))
                .write("lost.yaml", Manifests.configMap("lost", "key", "1"));
        String lost = engine.repository().commit("Lost soon");
        assertEquals(Status.IN_SYNC, run(Command.SYNC, cacheBefore).status());
        String uids = uids();

        String now = rewriteHistory(lost);

        Report plan = run(Command.PLAN, cacheAfter);
        assertEquals(plan.message(), Status.OUT_OF_SYNC, plan.status());
        assertEquals(Action.NONE, engine.object(plan, "ConfigMap", "same").action());
        assertEquals(Action.UPDATE, engine.object(plan, "ConfigMap", "other").action());
        assertEquals(
                "Git has moved, nobody's hand",
                Cause.PENDING,
                engine.object(plan, "ConfigMap", "other").cause());
        assertEquals(Action.CREATE, engine.object(plan, "ConfigMap", "new").action());
        assertEquals(Action.PRUNE, engine.object(plan, "ConfigMap", "lost").action());
        assertEquals(lost, plan.lastSynced());
        assertEquals(now, plan.revision().commit());
        String text = String.join("\n", new TextReport(Style.PLAIN).lines(plan, true));
        assertTrue(text, text.contains(lost) && text.contains(now.substring(0, 8)));

        Report sync = run(Command.SYNC, cacheAfter);
        assertEquals(sync.message(), Status.IN_SYNC, sync.status());
        assertEquals(1, sync.counts().created());
        assertEquals(1, sync.counts().pruned());
        assertEquals("configmap/new configmap/other configmap/same", names());
        assertEquals("nothing was made again", uids, uids());

        Report again = run(Command.SYNC, cacheAfter);
        assertEquals("nothing had changed", again.message());
        assertEquals(now, again.lastSynced());
    }

    /** One commit without parents takes the place of all; the one that was synced is collected as garbage. */
    private String rewriteHistory(String lost) throws Exception {
        try (Git repository = Git.open(engine.repository().directory().toFile())) {
            repository.checkout().setOrphan(true).setName("rewritten").call();
            engine.repository()
                    .delete("lost.yaml")
                    .write("other.yaml", Manifests.configMap("other", "key", "2"))
                    .write("new.yaml", Manifests.configMap("new", "key", "1"));
            String now = engine.repository().commit("Never mind");
            repository.branchDelete().setBranchNames("main").setForce(true).call();
            repository.branchRename().setNewName("main").call();
            Path logs = engine.repository().directory().resolve(".git/logs");
            FileUtils.delete(logs.toFile(), FileUtils.RECURSIVE);
            repository.gc().setExpire(Instant.now().plusSeconds(60)).call();
            assertFalse(repository.getRepository().getObjectDatabase().has(ObjectId.fromString(lost)));
            return now;
        }
    }

    private Report run(Command command, String cache) throws Exception {
        RepositoryRequest repository =
                new RepositoryRequest(git.url("127.0.0.1", "config"), null, false, RepositoryPolicy.remoteOnly(), null);
        SyncRequest request = engine.request(command);
        request = SyncRequest.of(command, repository)
                .withApp(request.app())
                .withNamespace(request.namespace())
                .withHealth(request.health());
        return new GitOpsEngine(engine.getRoot().toPath().resolve(cache))
                .run(request, engine.access(), ProgressListener.SILENT);
    }

    private String names() throws Exception {
        return engine.kubectl("get", "configmap", "-l", "applyset.kubernetes.io/part-of", "-o", "name")
                .replace("\n", " ");
    }

    private String uids() throws Exception {
        return engine.kubectl("get", "configmap", "same", "other", "-o", "jsonpath={.items[*].metadata.uid}");
    }
}
