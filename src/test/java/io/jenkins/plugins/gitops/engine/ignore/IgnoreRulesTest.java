package io.jenkins.plugins.gitops.engine.ignore;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class IgnoreRulesTest {

    private static final Manifest WEB = manifest(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop, labels: {app: web, tier: front}, annotations: {team: a}}
            spec: {replicas: 2}
            """);

    @Test
    public void argoSelectsByGroupKindNamespaceAndName() throws Exception {
        assertArgo(true, "group: apps, kind: Deployment");
        assertArgo(true, "group: '*', kind: '*'");
        assertArgo(true, "group: a*s, kind: D*t");
        assertArgo(true, "group: apps, kind: Deployment, name: web, namespace: shop");
        assertArgo(false, "kind: Deployment");
        assertArgo(false, "group: apps, kind: StatefulSet");
        assertArgo(false, "group: apps, kind: Deployment, name: other");
        assertArgo(false, "group: apps, kind: Deployment, namespace: other");
    }

    @Test
    public void fluxSelectsByExpressionsAndLabels() throws Exception {
        assertFlux(true, "{}");
        assertFlux(true, "{kind: Deployment}");
        assertFlux(true, "{kind: Deploy.*, group: apps, version: v1, name: web|db, namespace: sh.p}");
        assertFlux(false, "{kind: Deploy}");
        assertFlux(false, "{version: v2}");
        assertFlux(true, "{labelSelector: 'app=web,tier in (front, back),!gone,tier'}");
        assertFlux(true, "{labelSelector: 'app!=db,tier notin (back)'}");
        assertFlux(false, "{labelSelector: 'app=web,tier=back'}");
        assertFlux(false, "{labelSelector: '!app'}");
        assertFlux(true, "{annotationSelector: 'team==a'}");
        assertFlux(false, "{annotationSelector: 'team=b'}");
    }

    @Test
    public void pointersAndJqPathsAndManagers() throws Exception {
        IgnoreRules rules = read(
                """
                ignoreDifferences:
                  - group: apps
                    kind: Deployment
                    jsonPointers: [/spec/replicas, /metadata/labels/app, /metadata/labels/none]
                    jqPathExpressions: ['.metadata.annotations[]']
                    managedFieldsManagers: [kube-controller-manager]
                """);
        IgnoreRule rule = rules.of(WEB).get(0);
        assertEquals(
                "[[spec, replicas], [metadata, labels, app], [metadata, annotations, team]]",
                rule.paths(WEB.json()).stream().map(JsonPath::steps).toList().toString());
        assertEquals("[kube-controller-manager]", rule.managers().toString());
        assertEquals(
                "apps/Deployment: /spec/replicas, /metadata/labels/app, /metadata/labels/none, .metadata.annotations[],"
                        + " what kube-controller-manager manages",
                rule.toString());
        assertEquals("rules.yaml:2:5", rule.source().toString());
        assertEquals(rules, IgnoreRules.of(rules.json(), "again"));
    }

    @Test
    public void pointersAreEscaped() {
        assertEquals(
                "[[a/b, m~n]]",
                new JsonPointer("/a~1b/m~0n")
                        .select(manifestJson("{a/b: {m~n: 1}}")).stream()
                                .map(JsonPath::steps)
                                .toList()
                                .toString());
        assertThrows(IllegalArgumentException.class, () -> new JsonPointer("spec/replicas"));
        assertThrows(IllegalArgumentException.class, () -> new JsonPointer("/a~2"));
    }

    @Test
    public void everyMistakeIsToldWithItsPlace() {
        assertProblems(
                """
                ignoreDifference: []
                ignoreDifferences:
                  - group: apps
                    jsonPointers: [/a]
                  - kind: Deployment
                  - kind: Deployment
                    jsonPointers: [spec]
                    jqPathExpressions: ['.a |', 3]
                  - text
                ignore:
                  - target: {kind: Deployment}
                  - paths: [/a]
                    target: {kinds: x}
                  - paths: [/a]
                    target: {name: '(', labelSelector: a}
                """,
                "rules.yaml:1:1: \"ignoreDifference\" is not known here; known are ignore, ignoreDifferences",
                "rules.yaml:3:5: the rule names no kind; name it, or write kind: \"*\"",
                "rules.yaml:5:5: the rule ignores nothing; add jsonPointers, jqPathExpressions or managedFieldsManagers",
                "rules.yaml:7:20: a JSON pointer begins with a slash",
                "rules.yaml:8:25: \".a |\" is no jq path, at character 5: something is missing at the end",
                "rules.yaml:8:5: jqPathExpressions is no list of texts",
                "rules.yaml:9:5: ignoreDifferences[3] is no mapping",
                "rules.yaml:11:5: the rule ignores nothing; add paths",
                "rules.yaml:13:14: \"kinds\" is not known here; known are annotationSelector, group, kind, labelSelector,"
                        + " name, namespace, version",
                "rules.yaml:15:5: \"(\" is no regular expression: Unclosed group");
        assertProblems("[]", "rules.yaml:1:1: the file is no mapping");
    }

    @Test
    public void anEmptyFileHasNoRules() throws Exception {
        assertTrue(read("").isEmpty());
        assertTrue(read("# nothing\n").isEmpty());
        assertFalse(read("ignore: [{paths: [/a]}]").isEmpty());
    }

    private static void assertProblems(String text, String... expected) {
        BadInputException e = assertThrows(BadInputException.class, () -> read(text));
        assertEquals(
                String.join("\n", expected),
                String.join(
                        "\n",
                        e.problems().stream().map(Problem::toString).sorted().toList().stream()
                                .sorted(java.util.Comparator.comparingInt(IgnoreRulesTest::line))
                                .toList()));
    }

    private static int line(String problem) {
        return Integer.parseInt(problem.split(":")[1]);
    }

    private static void assertArgo(boolean matches, String rule) throws Exception {
        IgnoreRules rules = read("ignoreDifferences: [{" + rule + ", jsonPointers: [/spec/replicas]}]");
        assertEquals(rule, matches, !rules.of(WEB).isEmpty());
    }

    private static void assertFlux(boolean matches, String target) throws Exception {
        IgnoreRules rules = read("ignore: [{paths: [/spec/replicas], target: " + target + "}]");
        assertEquals(target, matches, !rules.of(WEB).isEmpty());
    }

    private static IgnoreRules read(String text) throws BadInputException {
        return IgnoreRules.read("rules.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Manifest manifest(String text) {
        return ManifestReader.read("web.yaml", text.getBytes(StandardCharsets.UTF_8))
                .manifests()
                .get(0);
    }

    private static com.fasterxml.jackson.databind.JsonNode manifestJson(String text) {
        try {
            return io.jenkins.plugins.gitops.engine.manifest.SettingsFile.read(
                            "a.yaml", text.getBytes(StandardCharsets.UTF_8))
                    .json();
        } catch (BadInputException e) {
            throw new AssertionError(e);
        }
    }
}
