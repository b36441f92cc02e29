package io.jenkins.plugins.gitops.engine.apply;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

/** What others need comes first, what may refuse others comes last, and pruning goes the other way. */
public class StagesTest {

    private static final List<Change> MIXED = Stream.of(
                    "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
                    "Ingress.networking.k8s.io",
                    "Deployment.apps",
                    "Widget.example.org",
                    "Service",
                    "RoleBinding.rbac.authorization.k8s.io",
                    "ConfigMap",
                    "StorageClass.storage.k8s.io",
                    "CustomResourceDefinition.apiextensions.k8s.io",
                    "Namespace")
            .map(StagesTest::change)
            .toList();

    @Test
    public void kindsComeInTheOrderInWhichTheyNeedEachOther() {
        assertEquals(
                List.of(
                        List.of("CustomResourceDefinition", "Namespace"),
                        List.of("StorageClass"),
                        List.of("ConfigMap"),
                        List.of("RoleBinding"),
                        List.of("Service"),
                        List.of("Deployment", "Widget"),
                        List.of("Ingress"),
                        List.of("ValidatingWebhookConfiguration")),
                kinds(Stages.of(MIXED)));
    }

    @Test
    public void pruningGoesTheOtherWay() {
        List<List<String>> steps = kinds(Stages.reversed(MIXED));
        assertEquals(List.of("ValidatingWebhookConfiguration"), steps.get(0));
        assertEquals(List.of("CustomResourceDefinition", "Namespace"), steps.get(steps.size() - 1));
    }

    private static List<List<String>> kinds(List<Stages.Step> steps) {
        return steps.stream()
                .map(step -> step.changes().stream()
                        .map(change -> change.id().kind())
                        .sorted()
                        .toList())
                .toList();
    }

    private static Change change(String groupKind) {
        int dot = groupKind.indexOf('.');
        String kind = dot < 0 ? groupKind : groupKind.substring(0, dot);
        String group = dot < 0 ? "" : groupKind.substring(dot + 1);
        ObjectId id = new ObjectId(group, kind, "", "x");
        return new Change(id, Action.CREATE, null, null, null, List.of(), List.of(), null, "");
    }
}
