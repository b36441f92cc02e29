package io.jenkins.plugins.gitops.engine.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.RealManifests;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.render.RealTools;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

/** What people really deploy is sound: no error and no warning that is none. */
public class RealManifestsIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void kubePrometheusIsSound() throws Exception {
        assertClean("kube-prometheus/manifests", 100);
    }

    @Test
    public void plainManifestsAreSound() throws Exception {
        assertClean("online-boutique/kubernetes-manifests", 30);
    }

    @Test
    public void aKustomizationIsSound() throws Exception {
        assertClean("online-boutique/kustomize", 30);
    }

    private void assertClean(String folder, int atLeast) throws Exception {
        Optional<Path> found = RealManifests.folder(folder);
        assumeTrue("a folder of real manifests is present", found.isPresent());
        engine.repository().copy(found.get(), "app");
        engine.repository().commit(folder);
        Report report = new GitOpsEngine(engine.getRoot().toPath().resolve("cache"))
                .run(
                        engine.request(Command.VALIDATE)
                                .withPath("app")
                                .withNamespace(null)
                                .withRender(RenderPolicy.DEFAULT.withTools(RealTools.policy()))
                                .withValidate(Checks.OFFLINE),
                        null,
                        ProgressListener.SILENT);
        assertEquals(List.of(), report.problems());
        assertEquals(report.message(), Status.IN_SYNC, report.status());
        int number = Integer.parseInt(report.message().replaceAll(" .*", ""));
        assertTrue(report.message(), number >= atLeast);
    }
}
