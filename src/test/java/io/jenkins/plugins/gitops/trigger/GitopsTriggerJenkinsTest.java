package io.jenkins.plugins.gitops.trigger;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.steps.PipelineJenkinsFixture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Checks of a real job: builds are started where something has moved, and nowhere else. */
public class GitopsTriggerJenkinsTest {

    private static final String QUIET = "Nothing has moved.";
    private static final String BUILD = "A build is started: ";

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private WorkflowJob job;
    private GitopsTrigger trigger;

    @Before
    public void aJobThatHasSynced() throws Exception {
        paint("blue");
        job = fixture.job("deploy", "node { " + fixture.checkout() + "; gitopsSync " + fixture.arguments() + " }");
        // Never by the clock.
        trigger = new GitopsTrigger("0 0 1 1 *");
        job.addTrigger(trigger);
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
    }

    private void paint(String colour) throws Exception {
        fixture.engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", colour));
        fixture.engine.repository().commit("Paint it " + colour);
    }

    /** One check, as the clock would start it, and its log, which ends with a line that holds a text. */
    private String check(String end) throws Exception {
        Path log = GitopsTrigger.logFile(job).toPath();
        Files.deleteIfExists(log);
        trigger.run();
        Instant atMost = Instant.now().plus(Duration.ofMinutes(1));
        while (Instant.now().isBefore(atMost)) {
            String text = Files.exists(log) ? Files.readString(log) : "";
            if (text.contains(end)) {
                fixture.jenkins.waitUntilNoActivity();
                return text;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the check did not end: " + (Files.exists(log) ? Files.readString(log) : "no log"));
    }

    private WorkflowRun startedFor(int number, String reason) throws Exception {
        WorkflowRun run = job.getLastBuild();
        assertEquals(number, run.getNumber());
        String cause = run.getCause(GitopsTriggerCause.class).getShortDescription();
        assertTrue(cause, cause.contains(reason));
        return run;
    }

    @Test
    public void aBuildIsStartedWhereTheBranchOrTheClusterHasMovedAndNotOtherwise() throws Exception {
        for (int i = 0; i < 5; i++) {
            String quiet = check(QUIET);
            assertTrue(quiet, quiet.contains("shop: unchanged"));
        }
        assertEquals("five quiet checks start no build", 1, job.getLastBuild().getNumber());

        fixture.engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"pink\"}}");
        check(BUILD);
        fixture.jenkins.assertBuildStatus(Result.UNSTABLE, startedFor(2, "shop has drifted: one object was changed"));
        check(QUIET); // Its own writes are no drift.

        paint("red");
        check(BUILD);
        fixture.jenkins.assertBuildStatusSuccess(startedFor(3, "the config repository has new commits"));
        check(QUIET);
        assertEquals(3, job.getLastBuild().getNumber());

        HtmlPage page = fixture.jenkins.createWebClient().getPage(job, "gitops-check-log");
        String text = page.getBody().getTextContent();
        assertTrue(text, text.contains("shop: unchanged"));
        assertTrue(text, text.contains("Nothing has moved."));
    }

    @Test
    public void anUnreachableClusterIsLoggedAndAfterSeveralChecksABuildFailsVisibly() throws Exception {
        // Bound, so that nobody else can have it, and not listening.
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            anUnreachableClusterIsLogged(silent.getLocalPort());
        }
    }

    private void anUnreachableClusterIsLogged(int port) throws Exception {
        String away = fixture.kubeconfig().replaceAll("(server: \"?https://[^:]+:)\\d+", "$1" + port);
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        PipelineJenkinsFixture.addKubeconfig("prod", away, CredentialsScope.GLOBAL);
        for (int i = 0; i < 2; i++) {
            String log = check("failing check " + (i + 1) + " in a row; at 3 a build is started");
            assertTrue(log, log.contains("127.0.0.1:" + port));
            assertEquals(
                    "one failing check is logged and no more",
                    1,
                    job.getLastBuild().getNumber());
        }
        check("A build is started: the cluster could not be asked 3 times in a row");
        WorkflowRun failed = startedFor(2, "the cluster could not be asked 3 times in a row");
        fixture.jenkins.assertBuildStatus(Result.FAILURE, failed);
        fixture.jenkins.assertLogContains("127.0.0.1:" + port, failed);

        SystemCredentialsProvider.getInstance().getCredentials().clear();
        PipelineJenkinsFixture.addKubeconfig("prod", fixture.kubeconfig(), CredentialsScope.GLOBAL);
    }

    @Test
    public void aJobThatIsDisabledOrHasNothingToAskIsLeftAlone() throws Exception {
        WorkflowJob other = fixture.job("other", "echo 'nothing to sync'");
        GitopsTrigger idle = new GitopsTrigger("0 0 1 1 *");
        other.addTrigger(idle);
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(other));
        job = other;
        trigger = idle;
        check("No build has run a GitOps step on a cluster yet");
        assertEquals(1, job.getLastBuild().getNumber());
        job.makeDisabled(true);
        check("nothing is asked");
        assertNull(job.getLastBuild().getNextBuild());
    }
}
