package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;

/** What users of Flux and Argo CD wrote on single objects means here what they meant by it. */
public class AnnotationsIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    private static final String FLUX = "kustomize.toolkit.fluxcd.io/";
    private static final String ARGO = "argocd.argoproj.io/";

    private static String settings(String colour, String annotation) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                  annotations: {%s}
                data: {colour: %s}
                """
                .formatted(annotation, colour);
    }

    private Report sync(String colour, String annotation) throws Exception {
        engine.repository().write("settings.yaml", settings(colour, annotation));
        engine.repository().commit(colour + " " + annotation);
        return engine.sync();
    }

    private String colour() throws Exception {
        return engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.colour}");
    }

    private ObjectReport settings(Report report) {
        return engine.object(report, "ConfigMap", "settings");
    }

    @Test
    public void ifNotPresentCreatesAndNeverChanges() throws Exception {
        for (String prefix : new String[] {FLUX, "gitops.jenkins.io/"}) {
            assertEquals(1, sync("blue", prefix + "ssa: IfNotPresent").counts().created());
            assertEquals(
                    Status.IN_SYNC, sync("green", prefix + "ssa: IfNotPresent").status());
            assertEquals("blue", colour());
            engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"colour\":\"red\"}}");
            Report drift = engine.drift();
            assertEquals(Status.IN_SYNC, drift.status());
            assertEquals(
                    "left alone: " + prefix + "ssa: IfNotPresent",
                    settings(drift).message());
            engine.kubectl("delete", "configmap/settings");
        }
    }

    @Test
    public void ignoreAndDisabledReconciliationLeaveTheObjectAlone() throws Exception {
        engine.repository().write("other.yaml", Manifests.configMap("other", "a", "b"));
        Report ignored = sync("blue", FLUX + "ssa: Ignore");
        assertEquals(ignored.toString(), Status.IN_SYNC, ignored.status());
        assertEquals("", engine.kubectl("get", "configmap/settings", "--ignore-not-found", "-o", "name"));

        sync("blue", "");
        Report disabled = sync("green", FLUX + "reconcile: disabled");
        assertEquals(Status.IN_SYNC, disabled.status());
        assertEquals("blue", colour());
        assertEquals(Action.KEEP, settings(disabled).action());

        // A person may stop it in the cluster, too.
        sync("green", "");
        assertEquals("green", colour());
        engine.kubectl("annotate", "configmap/settings", FLUX + "reconcile=disabled");
        Report stopped = sync("red", "");
        assertEquals(Status.IN_SYNC, stopped.status());
        assertEquals("green", colour());
        assertEquals(
                "left alone: " + FLUX + "reconcile: disabled, in the cluster",
                settings(stopped).message());
        engine.kubectl("annotate", "configmap/settings", FLUX + "reconcile-");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        assertEquals("red", colour());
    }

    @Test
    public void mergeKeepsWhatOthersAddedAndOverrideTakesItAway() throws Exception {
        sync("blue", FLUX + "ssa: Merge");
        engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"extra\":\"1\"}}");
        Report merged = engine.drift();
        assertEquals(merged.toString(), Status.IN_SYNC, merged.status());
        assertEquals("1", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.extra}"));

        assertEquals(Status.IN_SYNC, sync("blue", FLUX + "ssa: Override").status());
        assertEquals("", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.extra}"));
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    @Test
    public void replaceWritesTheObjectAsAWhole() throws Exception {
        for (String option : new String[] {ARGO + "sync-options: Replace=true", "gitops.jenkins.io/replace: enabled"}) {
            assertEquals(Status.IN_SYNC, sync("blue", option).status());
            engine.kubectl("patch", "configmap/settings", "-p", "{\"data\":{\"extra\":\"1\"}}");
            Report drift = engine.drift();
            assertEquals(drift.toString(), Status.OUT_OF_SYNC, drift.status());
            assertEquals("data.extra", settings(drift).fields().get(0).path());
            assertEquals(1, engine.sync().counts().updated());
            assertEquals("", engine.kubectl("get", "configmap/settings", "-o", "jsonpath={.data.extra}"));
            assertEquals(Status.IN_SYNC, sync("green", option).status());
            assertEquals("green", colour());
            assertEquals(Status.IN_SYNC, engine.drift().status());
            assertEquals("nothing had changed", engine.sync().message());
            engine.kubectl("delete", "configmap/settings");
        }
    }

    @Test
    public void keptObjectsStayAndIgnoredOnesAreNoDifference() throws Exception {
        engine.repository().write("other.yaml", Manifests.configMap("other", "a", "b"));
        for (String option : new String[] {
            ARGO + "sync-options: Prune=false",
            ARGO + "sync-options: Prune=confirm",
            ARGO + "sync-options: Delete=false",
            ARGO + "sync-options: Delete=confirm",
            "helm.sh/resource-policy: keep",
            "gitops.jenkins.io/prune: disabled"
        }) {
            sync("blue", option);
            engine.repository().delete("settings.yaml").commit("Gone");
            Report report = engine.sync();
            assertEquals(option, Action.KEEP, settings(report).action());
            assertEquals(
                    "not in Git any more; kept by " + option, settings(report).message());
        }
        engine.kubectl("delete", "configmap/settings");
        for (String option :
                new String[] {ARGO + "compare-options: IgnoreExtraneous", "gitops.jenkins.io/extraneous: ignore"}) {
            sync("blue", option);
            engine.repository().delete("settings.yaml").commit("Gone");
            Report drift = engine.drift();
            assertEquals(drift.toString(), Status.IN_SYNC, drift.status());
            assertEquals(1, engine.sync().counts().pruned());
        }
    }

    @Test
    public void whatIsNotKnownIsTold() throws Exception {
        engine.repository()
                .write(
                        "settings.yaml",
                        settings(
                                "blue",
                                ARGO + "sync-options: \"Prune=flase,ServerSideApply=false\", " + FLUX
                                        + "force: yes-please, gitops.jenkins.io/prnue: disabled"))
                .write(
                        "hook.yaml",
                        settings("blue", ARGO + "hook: Sometimes, " + ARGO + "hook-delete-policy: Never")
                                .replace("name: settings", "name: hook"));
        engine.repository().commit("Slips");
        Recorder recorder = new Recorder();
        Report report = engine.run(engine.request(Command.SYNC), recorder);
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
        String told = recorder.warnings().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        assertTrue(told, told.contains("settings.yaml:5:17: ConfigMap/settings: unknown sync option Prune=flase"));
        assertTrue(told, told.contains("ServerSideApply=false is not done here"));
        assertTrue(told, told.contains("\"yes-please\" is no value of " + FLUX + "force"));
        assertTrue(told, told.contains("unknown annotation gitops.jenkins.io/prnue has no effect"));
        assertTrue(told, told.contains("hook.yaml:5:17: ConfigMap/hook: \"Sometimes\" is no hook that is known here"));
        assertTrue(told, told.contains("\"Never\" is no hook delete policy"));
        assertEquals(told, 6, report.counts().warnings());
        assertEquals("", engine.kubectl("get", "configmap/hook", "--ignore-not-found", "-o", "name"));
    }

    @Test
    public void validateFalseLeavesUnknownFieldsOutWhereTheServerCan() throws Exception {
        sync("blue", "");
        for (String options : new String[] {
            ARGO + "sync-options: \"Replace=true,Validate=false\"",
            "gitops.jenkins.io/replace: enabled, gitops.jenkins.io/validate: disabled"
        }) {
            String unknown = "colours: [red]\n";
            String strict = options.replaceFirst(",? ?[a-z./]*[Vv]alidate[:=] ?[a-z]+", "");
            engine.repository().write("settings.yaml", settings("green", strict) + unknown);
            engine.repository().commit("Strictly " + options);
            Report refused = engine.sync();
            assertEquals(refused.toString(), Status.INVALID, refused.status());
            assertTrue(refused.toString(), refused.problems().get(0).message().contains("colours"));

            engine.repository().write("settings.yaml", settings("green", options) + unknown);
            engine.repository().commit(options);
            Report report = engine.sync();
            assertEquals(report.toString(), Status.IN_SYNC, report.status());
            assertEquals("green", colour());
            assertEquals("nothing had changed", engine.sync().message());
            sync("blue", "");
        }
        // Server-side apply refuses it all the same.
        engine.repository()
                .write("settings.yaml", settings("green", "gitops.jenkins.io/validate: disabled") + "colours: [red]\n");
        engine.repository().commit("By server-side apply");
        assertEquals(Status.INVALID, engine.sync().status());
        assertEquals("blue", colour());
    }
}
