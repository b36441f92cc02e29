package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.EnumSet;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Apps move here from other tools without a restart, and leave nothing of them behind. */
public class TakeOverIT {

    @Rule
    public final EngineRule engine = new EngineRule(true);

    private static final String TRACKING = "argocd.argoproj.io/tracking-id";
    private static final String FLUX_NAME = "kustomize.toolkit.fluxcd.io/name";

    private SyncRequest request(Command command, Tool tool) {
        return engine.request(command).withApply(ApplyPolicy.DEFAULT.withTakeOver(EnumSet.of(tool)));
    }

    /** The Deployment as Git declares it, with what the tool adds to its metadata. */
    private static String web(String metadata) {
        return Manifests.deployment("web", 1, "web:1").replaceFirst("  labels:\n", metadata + "  labels:\n");
    }

    private String spec() throws Exception {
        return engine.kubectl("get", "deployment/web", "-o", "jsonpath={.metadata.uid} {.spec}");
    }

    private void takeOver(Tool tool, String mark, String manager) throws Exception {
        engine.kubectl("rollout", "status", "deployment/web", "--timeout=60s");
        String before = spec();
        String pods = engine.kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.uid}");
        engine.repository()
                .write("web.yaml", Manifests.deployment("web", 1, "web:1"))
                .commit("Run the web");

        if (tool != Tool.KUBECTL) {
            Recorder recorder = new Recorder();
            engine.run(engine.request(Command.PLAN), recorder);
            String warning = recorder.warnings().get(0).toString();
            assertTrue(warning, warning.contains("applied by " + tool.title() + " too"));
        }
        Report plan = engine.run(request(Command.PLAN, tool));
        ObjectReport planned = engine.object(plan, "Deployment", "web");
        assertEquals(plan.toString(), Action.UPDATE, planned.action());
        assertEquals("taken over from " + tool.title(), planned.message());
        assertTrue(planned.toString(), paths(planned).contains("metadata.annotations[example.org/extra]"));
        assertTrue(managed(), managed().contains(manager));

        Report done = engine.run(request(Command.SYNC, tool));
        assertEquals(done.toString(), Status.IN_SYNC, done.status());
        assertEquals("neither made again nor restarted", before, spec());
        assertEquals(pods, engine.kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.uid}"));
        assertFalse(managed(), managed().contains("\"" + manager + "\""));
        assertFalse(managed(), managed().contains(mark));
        assertFalse("what the tool had set and Git does not declare", managed().contains("example.org/extra"));
        Report again = engine.run(request(Command.SYNC, tool));
        assertEquals(again.toString(), "nothing had changed", again.message());
        assertEquals(Status.IN_SYNC, engine.drift().status());

        // What leaves Git from now on leaves the object.
        engine.repository()
                .write(
                        "web.yaml",
                        Manifests.deployment("web", 1, "web:1").replaceFirst("  labels:\n    app: web\n", ""))
                .commit("Without a label");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        assertEquals("", engine.kubectl("get", "deployment/web", "-o", "jsonpath={.metadata.labels.app}"));
    }

    private static List<String> paths(ObjectReport object) {
        return object.fields().stream().map(FieldChange::path).toList();
    }

    private String managed() throws Exception {
        return engine.kubectl("get", "deployment/web", "--show-managed-fields", "-o", "json");
    }

    @Test
    public void fromFlux() throws Exception {
        String labels = "  annotations: {example.org/extra: x}\n";
        engine.kubectlWith(
                web(labels)
                        .replaceFirst(
                                "  labels:\n",
                                "  labels:\n    " + FLUX_NAME + ": apps\n    kustomize.toolkit.fluxcd.io/namespace:"
                                        + " flux-system\n"),
                "apply",
                "--server-side",
                "--field-manager=kustomize-controller",
                "-f",
                "-");
        takeOver(Tool.FLUX, FLUX_NAME, "kustomize-controller");
    }

    @Test
    public void fromArgoCdThatAppliesOnTheClientsSide() throws Exception {
        engine.kubectlWith(
                web("  annotations: {example.org/extra: x, " + TRACKING + ": \"shop:apps/Deployment:ns/web\"}\n"),
                "apply",
                "--field-manager=argocd-controller",
                "-f",
                "-");
        takeOver(Tool.ARGOCD, TRACKING, "argocd-controller");
    }

    @Test
    public void fromArgoCdThatAppliesOnTheServersSide() throws Exception {
        engine.kubectlWith(
                web("  annotations: {example.org/extra: x}\n")
                        .replaceFirst("  labels:\n", "  labels:\n    app.kubernetes.io/instance: shop\n"),
                "apply",
                "--server-side",
                "--field-manager=argocd-controller",
                "-f",
                "-");
        takeOver(Tool.ARGOCD, "app.kubernetes.io/instance", "argocd-controller");
    }

    @Test
    public void fromKubectlServerSideApplyAndCreate() throws Exception {
        engine.kubectlWith(web("  annotations: {example.org/extra: x}\n"), "create", "--save-config", "-f", "-");
        takeOver(Tool.KUBECTL, "last-applied-configuration", "kubectl-create");
    }
}
