package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.health.HealthExpression;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Every delete policy in every phase, after a good end and after a bad one. The hooks end as soon as they are made. */
public class HookPolicyIT {

    /** By the name that a hook has for it. */
    private static final String[][] POLICIES = {
        {"none", ""},
        {"before", "BeforeHookCreation"},
        {"success", "HookSucceeded"},
        {"failure", "HookFailed"},
        {"either", "HookSucceeded,HookFailed"},
        {"new", "BeforeHookCreation,HookSucceeded"}
    };

    private static final List<String> LEFT_WHEN_GOOD = List.of("before", "failure", "none");
    private static final List<String> LEFT_WHEN_BAD = List.of("before", "new", "none", "success");

    @Rule
    public final EngineRule engine = new EngineRule();

    private String group;

    @Before
    public void aKindWhoseObjectsSayHowTheyEnd() throws Exception {
        group = engine.namespace() + ".example.org";
        engine.kubectlWith(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: tasks.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {kind: Task, plural: tasks, singular: task, listKind: TaskList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {ends: {type: string}}}}}}
                """
                        .formatted(group),
                "create",
                "-f",
                "-");
        engine.awaitServed("tasks", group, true);
        engine.repository().write("settings.yaml", Manifests.configMap("settings", "a", "b"));
    }

    private HookPolicyIT hooks(String phase, String ends) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String[] policy : POLICIES) {
            all.append("---\napiVersion: " + group + "/v1\nkind: Task\nmetadata:\n  name: " + phase.toLowerCase() + "-"
                    + policy[0] + "\n  annotations:\n    argocd.argoproj.io/hook: " + phase + "\n");
            if (!policy[1].isEmpty()) {
                all.append("    argocd.argoproj.io/hook-delete-policy: \"" + policy[1] + "\"\n");
            }
            all.append("spec: {ends: " + ends + "}\n");
        }
        engine.repository().write(phase + ".yaml", all.toString());
        return this;
    }

    private Report run(Command command) throws Exception {
        engine.repository().commit(command + " " + System.nanoTime());
        return engine.run(engine.request(command)
                .withApply(ApplyPolicy.DEFAULT.withDeletion(true))
                .withHealth(new HealthPolicy(false, Duration.ofSeconds(20))
                        .withExpressions(List.of(new HealthExpression(
                                group + "/v1", "Task", "spec.ends == 'well'", null, "spec.ends == 'badly'")))));
    }

    private void assertLeft(String phase, List<String> policies) throws Exception {
        TreeSet<String> left = new TreeSet<>();
        for (String line :
                engine.kubectl("get", "tasks." + group, "-o", "name").lines().toList()) {
            String name = line.substring(line.indexOf('/') + 1);
            if (name.startsWith(phase.toLowerCase() + "-")) {
                left.add(name.substring(phase.length() + 1));
            }
        }
        assertEquals(phase, new TreeSet<>(policies), left);
    }

    private String uid(String hook) throws Exception {
        return engine.kubectl("get", "tasks." + group, hook, "-o", "jsonpath={.metadata.uid}");
    }

    @Test
    public void hooksOfASyncGoAsTheirPoliciesSay() throws Exception {
        List<String> phases = List.of("PreSync", "Sync", "PostSync");
        for (String phase : phases) {
            hooks(phase, "well");
        }
        hooks("SyncFail", "well");
        Report good = run(Command.SYNC);
        assertEquals(good.toString(), Status.IN_SYNC, good.status());
        for (String phase : phases) {
            assertLeft(phase, LEFT_WHEN_GOOD);
        }
        assertLeft("SyncFail", List.of());

        for (String phase : phases) {
            hooks(phase, "badly");
            String before = uid("presync-before");
            Report bad = run(Command.SYNC);
            assertEquals(phase + bad, Status.UNHEALTHY, bad.status());
            assertTrue(bad.message(), bad.message().contains(phase + " hook"));
            assertLeft(phase, LEFT_WHEN_BAD);
            assertLeft("SyncFail", LEFT_WHEN_GOOD);
            assertTrue("a hook is made anew for each run", !before.equals(uid("presync-before")));
            hooks(phase, "well");
        }
        hooks("SyncFail", "badly").hooks("PreSync", "badly");
        Report worst = run(Command.SYNC);
        assertEquals(worst.toString(), Status.UNHEALTHY, worst.status());
        assertTrue("the first failure is the reason", worst.message().contains("PreSync hook"));
        assertLeft("SyncFail", LEFT_WHEN_BAD);
    }

    @Test
    public void hooksOfADeletionGoAsTheirPoliciesSayAndInTheEndAllOfThem() throws Exception {
        hooks("PreDelete", "badly").hooks("PostDelete", "badly");
        assertEquals(Status.IN_SYNC, run(Command.SYNC).status());
        assertLeft("PreDelete", List.of());

        Report stopped = run(Command.DELETE);
        assertEquals(stopped.toString(), Status.UNHEALTHY, stopped.status());
        assertTrue(stopped.message(), stopped.message().contains("nothing was deleted"));
        assertLeft("PreDelete", LEFT_WHEN_BAD);
        assertEquals("configmap/settings", engine.kubectl("get", "configmap/settings", "-o", "name"));

        hooks("PreDelete", "well");
        Report late = run(Command.DELETE);
        assertEquals(late.toString(), Status.UNHEALTHY, late.status());
        assertTrue(late.message(), late.message().contains("the objects are gone"));
        assertLeft("PreDelete", LEFT_WHEN_GOOD);
        assertLeft("PostDelete", LEFT_WHEN_BAD);
        assertEquals("", engine.kubectl("get", "configmap/settings", "--ignore-not-found", "-o", "name"));

        hooks("PostDelete", "well");
        Report gone = run(Command.DELETE);
        assertEquals(gone.toString(), Status.IN_SYNC, gone.status());
        assertLeft("PreDelete", List.of());
        assertLeft("PostDelete", List.of());
    }
}
