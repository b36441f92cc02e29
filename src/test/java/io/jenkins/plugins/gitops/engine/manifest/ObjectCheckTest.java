package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

public class ObjectCheckTest {

    private static final String NO_TYPE = "apiVersion and kind are missing;"
            + " every manifest names its type; a file that is no manifest belongs in another folder";

    @Test
    public void aDocumentIsAMapping() {
        String rest = ", not a mapping with apiVersion, kind and metadata";
        assertProblems("- a: b\n", "1:1: the document is a list" + rest + "; separate the objects with lines ---");
        assertProblems("hello\n", "1:1: the document is a string" + rest);
        assertProblems("\n5\n", "2:1: the document is the number 5" + rest);
        assertProblems("yes\n", "1:1: the document is the boolean true" + rest);
        assertProblems("~\n");
    }

    @Test
    public void aDocumentNamesItsType() {
        assertProblems("replicas: 3\n", "1:1: " + NO_TYPE);
        assertProblems("apiVersion: v1\nmetadata: {name: a}\n", "1:1: kind is missing");
        assertProblems("apiVersion: v1\nkind:\nmetadata: {name: a}\n", "1:1: kind is missing");
        assertProblems("kind: Pod\napiVersion: ''\nmetadata: {name: a}\n", "1:1: apiVersion is missing");
        assertProblems(
                "apiVersion: 1\nkind: on\nmetadata: {name: a}\n",
                "1:13: apiVersion is the number 1, not a string; quote it: \"1\"",
                "2:7: kind is the boolean true (written on), not a string; quote it: \"on\"");
        assertProblems(
                "apiVersion: [v1]\nkind: Pod\nmetadata: {name: a}\n", "1:13: apiVersion is a list, not a string");
    }

    @Test
    public void anApiVersionCanStandInAUrl() {
        for (String sound : List.of("v1", "apps/v1", "networking.k8s.io/v1beta1", "x-y.example.com/v1")) {
            assertProblems("apiVersion: " + sound + "\nkind: Pod\nmetadata: {name: a}\n");
        }
        for (String broken : List.of("a/b/v1", "../v1", "v1/", "/v1", "apps/v1?x", "apps/..", "v1 beta", "apps%2Fv1")) {
            assertProblems(
                    "apiVersion: \"" + broken + "\"\nkind: Pod\nmetadata: {name: a}\n",
                    "1:1: apiVersion \"" + broken
                            + "\" is neither a version such as v1 nor a group and version such as apps/v1");
        }
    }

    @Test
    public void anObjectHasAName() {
        assertProblems("apiVersion: v1\nkind: Pod\n", "1:1: metadata.name is missing");
        assertProblems("apiVersion: v1\nkind: Pod\nmetadata:\n", "3:1: metadata.name is missing");
        assertProblems("apiVersion: v1\nkind: Pod\nmetadata: {namespace: a}\n", "3:1: metadata.name is missing");
        assertProblems("apiVersion: v1\nkind: Pod\nmetadata: {name: ''}\n", "3:1: metadata.name is missing");
        assertProblems("apiVersion: v1\nkind: Pod\nmetadata: [a]\n", "3:1: metadata is a list, not a mapping");
        assertProblems(
                "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 0123\n",
                "4:9: metadata.name is the number 83 (written 0123), not a string; quote it: \"0123\"");
        assertProblems(
                "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {a: b}\n",
                "4:9: metadata.name is a mapping, not a string");
    }

    @Test
    public void onlyHooksGenerateTheirName() {
        String generated = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: migrate-\n";
        assertProblems(
                generated,
                "4:3: metadata.name is missing; generateName makes a new object with every sync, so it is for hooks only:"
                        + " argocd.argoproj.io/hook, helm.sh/hook, gitops.jenkins.io/hook");
        for (String hook : List.of("argocd.argoproj.io/hook", "helm.sh/hook", "gitops.jenkins.io/hook")) {
            assertProblems(generated + "  annotations: {" + hook + ": PreSync}\n");
        }
    }

    @Test
    public void namesCanStandInAUrl() {
        for (String sound : List.of("a", "a.b", "system:node", "A", "...", "a b")) {
            assertProblems("apiVersion: v1\nkind: Pod\nmetadata: {name: \"" + sound + "\"}\n");
        }
        assertProblems(pod("name: a/b"), "4:3: metadata.name \"a/b\" must not contain \"/\"");
        assertProblems(pod("name: a%2f"), "4:3: metadata.name \"a%2f\" must not contain \"%\"");
        assertProblems(pod("name: ."), "4:3: metadata.name must not be \".\"");
        assertProblems(pod("name: '..'"), "4:3: metadata.name must not be \"..\"");
        assertProblems(pod("name: a\n  namespace: ../b"), "5:3: metadata.namespace \"../b\" must not contain \"/\"");
        assertProblems(
                pod("name: a\n  namespace: 7"),
                "5:14: metadata.namespace is the number 7, not a string; quote it: \"7\"");
        assertProblems(pod("name: a\n  namespace:"));
    }

    @Test
    public void labelsAndAnnotationsAreStrings() {
        assertProblems(
                pod("name: a\n  labels: [a]\n  annotations: b"),
                "5:3: metadata.labels is a list, not a mapping of strings",
                "6:3: metadata.annotations is a string, not a mapping of strings");
        assertProblems(
                pod("name: a\n  labels:\n    a: true\n    b: 1\n    c: 1.50\n    d: \"1\"\n    e: y\n    f: [x]"),
                "6:8: metadata.labels[a] is the boolean true, not a string; quote it: \"true\"",
                "7:8: metadata.labels[b] is the number 1, not a string; quote it: \"1\"",
                "8:8: metadata.labels[c] is the number 1.5 (written 1.50), not a string; quote it: \"1.50\"",
                "10:8: metadata.labels[e] is the boolean true (written y), not a string; quote it: \"y\"",
                "11:8: metadata.labels[f] is a list, not a string");
        assertProblems(
                pod("name: a\n  annotations:\n    example.com/x: 0x10"),
                "6:20: metadata.annotations[example.com/x] is the number 16 (written 0x10), not a string;"
                        + " quote it: \"0x10\"");
        // As the API server takes them.
        assertProblems(pod("name: a\n  labels:\n  annotations: {a: , b: ~}"));
    }

    @Test
    public void valuesAreFoundThroughAliasesAndMergeKeys() {
        assertProblems(
                "apiVersion: v1\nkind: Pod\nx: &x\n  a: 1\nmetadata:\n  name: a\n  labels:\n    <<: *x\n",
                "4:6: metadata.labels[a] is the number 1, not a string; quote it: \"1\"");
        assertProblems(
                "apiVersion: v1\nkind: Pod\nx: &x 1\nmetadata:\n  name: *x\n",
                "5:9: metadata.name is the number 1, not a string; quote it: \"1\"");
    }

    private static String pod(String metadata) {
        return "apiVersion: v1\nkind: Pod\nmetadata:\n  " + metadata + "\n";
    }

    private static void assertProblems(String yaml, String... expected) {
        List<Problem> problems =
                ManifestReader.read("f", yaml.getBytes(StandardCharsets.UTF_8)).problems();
        assertEquals(
                String.join("\n", expected),
                String.join(
                        "\n",
                        problems.stream()
                                .map(problem -> problem.toString().substring(2))
                                .toList()));
    }
}
