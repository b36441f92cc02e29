package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Hooks run when they should, once, and leave nothing behind that nobody finds again. */
public class HookIT {

    @Rule
    public final EngineRule engine = new EngineRule(true);

    private final Recorder recorder = new Recorder();

    private static final String GOOD = "[work]";
    private static final String BAD = "[\"false\"]";

    private static String job(String metadata, String command) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: %s
                spec:
                  backoffLimit: 0
                  template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: %s}]}}
                """
                .formatted(metadata, command);
    }

    private static String hook(String name, String phase, String policy, String command) {
        String policies = policy.isEmpty() ? "" : ", argocd.argoproj.io/hook-delete-policy: \"" + policy + "\"";
        return job("{name: " + name + ", annotations: {argocd.argoproj.io/hook: " + phase + policies + "}}", command);
    }

    private void write(String file, String text) throws Exception {
        engine.repository().write(file, text);
    }

    private Report sync() throws Exception {
        return engine.run(engine.request(Command.SYNC), recorder);
    }

    private List<String> jobs() throws Exception {
        return engine.kubectl("get", "jobs", "-o", "name").lines().sorted().toList();
    }

    @Test
    public void everyPhaseRunsInItsPlaceAndOnceOnly() throws Exception {
        write("pre.yaml", hook("pre", "PreSync", "", GOOD));
        write("in.yaml", hook("in", "Sync", "", GOOD));
        write("post.yaml", hook("post", "PostSync", "", GOOD));
        write("fail.yaml", hook("fail", "SyncFail", "", GOOD));
        write("skip.yaml", hook("skip", "Skip", "", GOOD));
        write("late.yaml", hook("late", "PostDelete", "", GOOD));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Hooks of every phase");

        Report plan = engine.plan();
        assertEquals(
                List.of("PreSync hook Planned", "wave 0 Planned", "Sync hook Planned", "PostSync hook Planned"),
                steps(plan));

        Report report = sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertTrue(
                recorder.lines().toString(),
                recorder.at("Job/pre succeeded") < recorder.at("ConfigMap/settings created"));
        assertTrue(recorder.at("Job/in started") < recorder.at("Job/in succeeded"));
        assertTrue(recorder.at("Job/in succeeded") < recorder.at("Job/post started"));
        assertTrue(recorder.at("ConfigMap/settings created") < recorder.at("Job/post started"));
        assertEquals(List.of("job.batch/in", "job.batch/post", "job.batch/pre"), jobs());
        assertEquals(
                List.of("PreSync hook Done", "wave 0 Done", "Sync hook Done", "PostSync hook Done"), steps(report));
        assertEquals("hooks are no members", 1, report.counts().total());

        String before = engine.kubectl("get", "job/pre", "-o", "jsonpath={.metadata.uid}");
        Report again = sync();
        assertEquals(again.toString(), Status.IN_SYNC, again.status());
        assertEquals("nothing had changed", again.message());
        assertEquals(before, engine.kubectl("get", "job/pre", "-o", "jsonpath={.metadata.uid}"));
        assertEquals(Status.IN_SYNC, engine.drift().status());

        write("settings.yaml", Manifests.configMap("settings", "colour", "green"));
        engine.repository().commit("Green");
        assertEquals(Status.IN_SYNC, sync().status());
        assertFalse(before.equals(engine.kubectl("get", "job/pre", "-o", "jsonpath={.metadata.uid}")));
    }

    @Test
    public void aHookThatChangedInGitRunsAgainAndOneThatLeftGitLeavesTheCluster() throws Exception {
        write("pre.yaml", hook("pre", "PreSync", "", GOOD));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("A migration");
        sync();
        write("pre.yaml", hook("pre", "PreSync", "", "[work, harder]"));
        engine.repository().commit("Another migration");
        assertEquals(Status.IN_SYNC, sync().status());
        assertEquals(
                "harder",
                engine.kubectl("get", "job/pre", "-o", "jsonpath={.spec.template.spec.containers[0].command[1]}"));
        engine.repository().delete("pre.yaml").commit("No more migrations");
        assertEquals(Status.IN_SYNC, sync().status());
        assertEquals(List.of(), jobs());
        assertEquals("nothing had changed", sync().message());
    }

    @Test
    public void aFailedPreSyncStopsEverythingBeforeTheFirstWrite() throws Exception {
        write("pre.yaml", hook("pre", "PreSync", "", BAD));
        write("fail.yaml", hook("fail", "SyncFail", "", GOOD));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("A migration that fails");

        Report report = sync();
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        assertTrue(report.message(), report.message().contains("Job/" + engine.namespace() + "/pre: PreSync hook:"));
        assertTrue(report.message(), report.message().endsWith("; nothing was applied"));
        assertEquals("", engine.kubectl("get", "configmap/settings", "--ignore-not-found", "-o", "name"));
        assertEquals(1, report.counts().notReached());
        assertTrue(recorder.at("Job/pre failed") < recorder.at("Job/fail started"));
        assertEquals(List.of("PreSync hook Failed", "wave 0 NotReached", "SyncFail hook Done"), steps(report));
        // A failed hook stays to be looked at.
        assertEquals(List.of("job.batch/fail", "job.batch/pre"), jobs());

        write("pre.yaml", hook("pre", "PreSync", "", GOOD));
        engine.repository().commit("Mend it");
        Report mended = sync();
        assertEquals(mended.toString(), Status.IN_SYNC, mended.status());
        assertEquals(
                "what a SyncFail hook left goes with the next sync that runs hooks", List.of("job.batch/pre"), jobs());
    }

    @Test
    public void afterAFailureTheHooksRunAgainThoughNothingElseIsToBeDone() throws Exception {
        write("post.yaml", hook("post", "PostSync", "", BAD));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("A check that fails");
        Report failed = sync();
        assertEquals(Status.UNHEALTHY, failed.status());
        assertEquals("blue", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.colour}"));
        String first = engine.kubectl("get", "job/post", "-o", "jsonpath={.metadata.uid}");
        assertEquals(Status.UNHEALTHY, sync().status());
        assertFalse(first.equals(engine.kubectl("get", "job/post", "-o", "jsonpath={.metadata.uid}")));
    }

    @Test
    public void deletePoliciesSayWhenAHookGoes() throws Exception {
        write("a.yaml", hook("succeeded", "PreSync", "HookSucceeded", GOOD));
        write("b.yaml", hook("kept", "PreSync", "HookFailed", GOOD));
        write("c.yaml", hook("before", "PreSync", "BeforeHookCreation", GOOD));
        write("d.yaml", hook("either", "PostSync", "HookSucceeded,HookFailed", BAD));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Policies");
        assertEquals(Status.UNHEALTHY, sync().status());
        assertEquals(List.of("job.batch/before", "job.batch/kept"), jobs());
        assertTrue(recorder.at("Job/succeeded succeeded") < recorder.at("Job/succeeded deleted"));
        recorder.at("Job/either deleted");
    }

    @Test
    public void aHookThatHangsEndsWithTheTimeoutAndIsCleanedUp() throws Exception {
        write(
                "pre.yaml",
                hook("pre", "PreSync", "", GOOD).replace("{spec: {", "{spec: {nodeSelector: {no-such: node}, "));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("A migration that hangs");
        Report report = engine.run(
                engine.request(Command.SYNC).withHealth(new HealthPolicy(true, Duration.ofSeconds(3))), recorder);
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        assertTrue(report.message(), report.message().contains("not through within 3 s"));
        assertEquals(List.of(), jobs());
        assertEquals("", engine.kubectl("get", "configmap/settings", "--ignore-not-found", "-o", "name"));
    }

    @Test
    public void generatedNamesAreNewEachTimeAndLeaveNothingBehind() throws Exception {
        String generated =
                job("{generateName: migrate-, annotations: {argocd.argoproj.io/hook: \"PreSync,PostSync\"}}", GOOD);
        write("pre.yaml", generated);
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("Blue");
        assertEquals(Status.IN_SYNC, sync().status());
        List<String> first = jobs();
        assertEquals(first.toString(), 2, first.size());
        assertTrue(first.toString(), first.get(0).matches("job.batch/migrate-[0-9a-f]{7}-postsync-[0-9]+"));
        assertTrue(first.toString(), first.get(1).matches("job.batch/migrate-[0-9a-f]{7}-presync-[0-9]+"));
        assertEquals("nothing had changed", sync().message());

        write("settings.yaml", Manifests.configMap("settings", "colour", "green"));
        engine.repository().commit("Green");
        assertEquals(Status.IN_SYNC, sync().status());
        List<String> second = jobs();
        assertEquals(second.toString(), 2, second.size());
        assertFalse(second.contains(first.get(0)));
    }

    @Test
    public void helmHooksAreMappedAndOrderedByTheirWeight() throws Exception {
        write(
                "hooks.yaml",
                job(
                                "{name: second, annotations: {helm.sh/hook: \"pre-install,pre-upgrade\", helm.sh/hook-weight: \"5\"}}",
                                GOOD)
                        + "---\n"
                        + job(
                                "{name: first, annotations: {helm.sh/hook: pre-install, helm.sh/hook-weight: \"-5\"}}",
                                GOOD)
                        + "---\n"
                        + job(
                                "{name: after, annotations: {helm.sh/hook: post-install, helm.sh/hook-delete-policy:"
                                        + " hook-succeeded}}",
                                GOOD)
                        + "---\n"
                        + job("{name: test, annotations: {helm.sh/hook: test}}", GOOD));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("A chart's hooks");
        Report report = sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertTrue(recorder.at("Job/first succeeded") < recorder.at("Job/second started"));
        assertTrue(recorder.at("Job/second succeeded") < recorder.at("ConfigMap/settings created"));
        assertEquals(List.of("job.batch/first", "job.batch/second"), jobs());
    }

    @Test
    public void hooksOfALostInventoryAreFoundAgainAndThoseOfOthersAreLeft() throws Exception {
        write("pre.yaml", hook("pre", "PreSync", "", GOOD));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("A migration");
        sync();
        engine.kubectl("delete", "configmap/gitops-app");
        engine.repository().delete("pre.yaml").commit("No more migrations");
        assertEquals(Status.IN_SYNC, sync().status());
        assertEquals(List.of(), jobs());

        engine.kubectl("create", "job", "stranger", "--image=busybox");
        write("pre.yaml", hook("stranger", "PreSync", "", GOOD));
        engine.repository().commit("A name that is taken");
        Report report = sync();
        assertEquals(report.toString(), Status.INVALID, report.status());
        assertTrue(report.toString(), report.problems().get(0).message().contains("not this app's"));
        assertEquals(List.of("job.batch/stranger"), jobs());
    }

    @Test
    public void whatAnAbortLeavesGoesWithTheNextSync() throws Exception {
        write(
                "pre.yaml",
                job("{generateName: slow-, annotations: {argocd.argoproj.io/hook: PreSync}}", GOOD)
                        .replace("{spec: {", "{spec: {nodeSelector: {no-such: node}, "));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("A migration that is aborted");
        Thread run = new Thread(() -> {
            try {
                sync();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        run.start();
        while (recorder.lines().stream().noneMatch(line -> line.endsWith(" started"))) {
            assertTrue("ended before the hook began: " + recorder.lines(), run.isAlive());
            Thread.sleep(20);
        }
        run.interrupt();
        run.join(30_000);
        assertFalse("still running", run.isAlive());
        assertEquals(1, jobs().size());
        String left = jobs().get(0);

        engine.repository().delete("pre.yaml").commit("No migration");
        Report report = sync();
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        assertEquals("gone: " + left, List.of(), jobs());
    }

    @Test
    public void anUnsoundHookStopsTheSyncBeforeAnythingIsWritten() throws Exception {
        write("post.yaml", hook("post", "PostSync", "", GOOD).replace("backoffLimit", "backofLimit"));
        write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        engine.repository().commit("A slip");
        Report report = sync();
        assertEquals(report.toString(), Status.INVALID, report.status());
        assertTrue(
                report.problems().get(0).toString(),
                report.problems().get(0).toString().startsWith("post.yaml:5:"));
        assertEquals("", engine.kubectl("get", "configmap/settings", "--ignore-not-found", "-o", "name"));
    }

    private static List<String> steps(Report report) {
        return report.steps().stream()
                .map(step -> step.title() + " "
                        + switch (step.result()) {
                            case PLANNED -> "Planned";
                            case DONE -> "Done";
                            case FAILED -> "Failed";
                            case NOT_REACHED -> "NotReached";
                        })
                .toList();
    }
}
