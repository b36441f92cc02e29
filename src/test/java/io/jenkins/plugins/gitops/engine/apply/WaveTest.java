package io.jenkins.plugins.gitops.engine.apply;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Test;

/** What others need comes first, what may refuse others comes last, and pruning goes the other way. */
public class WaveTest {

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
            .map(WaveTest::change)
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
                kinds(steps(Wave.of(MIXED, List.of()))));
    }

    @Test
    public void pruningGoesTheOtherWay() {
        List<List<String>> steps = kinds(Wave.pruning(MIXED));
        assertEquals(List.of("ValidatingWebhookConfiguration"), steps.get(0));
        assertEquals(List.of("CustomResourceDefinition", "Namespace"), steps.get(steps.size() - 1));
    }

    private static ObjectId configMap(String name) {
        return new ObjectId("", "ConfigMap", "ns", name);
    }

    private static List<String> order(List<Change> changes) {
        return Wave.of(changes, List.of()).stream()
                .map(wave -> wave.number() + " "
                        + steps(List.of(wave)).stream()
                                .map(step -> step.stream()
                                        .map(change -> change.id().name())
                                        .sorted()
                                        .toList())
                                .toList())
                .toList();
    }

    @Test
    public void wavesGoByTheirNumberAndDefinitionsComeWithTheFirst() {
        assertEquals(
                List.of("-2 [[shop], [early]]", "0 [[plain], [x]]", "7 [[late]]"),
                order(List.of(
                        change(configMap("late"), Map.of("argocd.argoproj.io/sync-wave", "7")),
                        change(configMap("early"), Map.of("gitops.jenkins.io/wave", "-2")),
                        change(new ObjectId("", "Namespace", "", "shop"), Map.of()),
                        change("Deployment.apps"),
                        change(configMap("plain"), Map.of()))));
    }

    @Test
    public void aDefinitionThatNamesAWaveStaysInIt() {
        assertEquals(
                List.of("0 [[plain]]", "4 [[shop]]"),
                order(List.of(
                        change(new ObjectId("", "Namespace", "", "shop"), Map.of("gitops.jenkins.io/wave", "4")),
                        change(configMap("plain"), Map.of()))));
    }

    @Test
    public void dependenciesComeFirstAndWebhooksStayLast() {
        assertEquals(
                List.of("0 [[c], [b], [a], [hook]]"),
                order(List.of(
                        change(configMap("a"), Map.of("config.kubernetes.io/depends-on", "/namespaces/ns/ConfigMap/b")),
                        change(configMap("b"), Map.of("gitops.jenkins.io/depends-on", "/namespaces/ns/ConfigMap/c")),
                        change(
                                new ObjectId(
                                        "admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "", "hook"),
                                Map.of()),
                        change(configMap("c"), Map.of()))));
    }

    @Test
    public void aCircleInTheClusterKeepsNothingBack() {
        assertEquals(
                2,
                Wave.pruning(List.of(
                                change(
                                        configMap("a"),
                                        Map.of("config.kubernetes.io/depends-on", "/namespaces/ns/ConfigMap/b")),
                                change(
                                        configMap("b"),
                                        Map.of("config.kubernetes.io/depends-on", "/namespaces/ns/ConfigMap/a"))))
                        .size());
    }

    private static List<List<Change>> steps(List<Wave> waves) {
        return waves.stream()
                .flatMap(wave -> wave.steps().stream())
                .map(Wave.Step::changes)
                .toList();
    }

    private static List<List<String>> kinds(List<List<Change>> steps) {
        return steps.stream()
                .map(step ->
                        step.stream().map(change -> change.id().kind()).sorted().toList())
                .toList();
    }

    private static Change change(String groupKind) {
        int dot = groupKind.indexOf('.');
        String kind = dot < 0 ? groupKind : groupKind.substring(0, dot);
        String group = dot < 0 ? "" : groupKind.substring(dot + 1);
        return change(new ObjectId(group, kind, "", "x"), Map.of());
    }

    private static Change change(ObjectId id, Map<String, String> annotations) {
        ObjectNode live = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = live.putObject("metadata").putObject("annotations");
        annotations.forEach(metadata::put);
        return new Change(id, Action.CREATE, null, live, null, List.of(), List.of(), null, "");
    }
}
