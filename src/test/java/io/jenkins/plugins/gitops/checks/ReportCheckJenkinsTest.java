package io.jenkins.plugins.gitops.checks;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationLevel;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.util.CapturingChecksPublisher;
import io.jenkins.plugins.gitops.engine.Manifests;
import io.jenkins.plugins.gitops.steps.PipelineJenkinsFixture;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.TestExtension;

/** What a pull request shows of a step. */
public class ReportCheckJenkinsTest {

    @TestExtension
    public static final CapturingChecksPublisher.Factory PUBLISHER = new CapturingChecksPublisher.Factory();

    @Rule
    public final PipelineJenkinsFixture fixture = new PipelineJenkinsFixture();

    private ChecksDetails last() {
        List<ChecksDetails> checks = PUBLISHER.getPublishedChecks();
        return checks.get(checks.size() - 1);
    }

    private List<ChecksAnnotation> annotations() {
        return last().getOutput().orElseThrow().getChecksAnnotations();
    }

    @Test
    public void aPlanIsShownAtTheLinesThatItIsAbout() throws Exception {
        fixture.engine.repository().write("settings.yaml", Manifests.configMap("settings", "colour", "blue"));
        fixture.engine.repository().commit("Paint");
        WorkflowJob job =
                fixture.job("pr", "node { " + fixture.checkout() + "; gitopsPlan " + fixture.arguments() + " }");
        fixture.jenkins.assertBuildStatusSuccess(fixture.build(job));
        assertEquals("GitOps plan / shop", last().getName().orElseThrow());
        assertEquals(ChecksConclusion.NEUTRAL, last().getConclusion());
        assertTrue(last().getDetailsURL().orElseThrow().endsWith("/gitops/app/shop/"));
        String title = last().getOutput().orElseThrow().getTitle().orElseThrow();
        assertTrue(title, title.contains("1 to create"));
        ChecksAnnotation annotation = annotations().get(0);
        assertEquals("settings.yaml", annotation.getPath().orElseThrow());
        assertEquals(Integer.valueOf(1), annotation.getStartLine().orElseThrow());
        assertEquals(ChecksAnnotationLevel.NOTICE, annotation.getAnnotationLevel());
        assertTrue(annotation.getTitle().orElseThrow().contains("settings: create"));
    }

    @Test
    public void aProblemIsShownAtItsLineAndFails() throws Exception {
        fixture.engine
                .repository()
                .write("broken.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: 5\n");
        fixture.engine.repository().commit("Break");
        WorkflowJob job = fixture.job("pr", "node { " + fixture.checkout() + "; gitopsValidate app: 'shop' }");
        fixture.build(job);
        assertEquals("GitOps validate / shop", last().getName().orElseThrow());
        assertEquals(ChecksConclusion.FAILURE, last().getConclusion());
        ChecksAnnotation annotation = annotations().get(0);
        assertEquals("broken.yaml", annotation.getPath().orElseThrow());
        assertEquals(Integer.valueOf(5), annotation.getStartLine().orElseThrow());
        assertEquals(ChecksAnnotationLevel.FAILURE, annotation.getAnnotationLevel());
    }
}
