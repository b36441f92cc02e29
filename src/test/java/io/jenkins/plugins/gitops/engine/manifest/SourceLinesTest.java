package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

public class SourceLinesTest {

    private static final String YAML =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: first}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              annotations:
                example.com/x: a
                a.b: c
            spec:
              replcas: 3
              template:
                spec:
                  containers:
                  - name: web
                    image: web:1
                    ports:
                    - containerPort: 80
                      protocol: TCP
                    - containerPort: 53
                      protocol: UDP
                  - {name: proxy, image: proxy:1}
            """;

    @Test
    public void findsFieldsAsTheApiServerNamesThem() {
        assertLine("13:3", "spec.replcas");
        assertLine("13:3", ".spec.replcas");
        assertLine("18:9", "spec.template.spec.containers[0].image");
        assertLine("24:9", "spec.template.spec.containers[1]");
        assertLine("24:23", "spec.template.spec.containers[1].image");
        assertLine("18:9", ".spec.template.spec.containers[name=\"web\"].image");
        assertLine("24:23", "spec.template.spec.containers[name=proxy].image");
        assertLine("22:11", ".spec.template.spec.containers[name=\"web\"].ports[containerPort=53,protocol=\"UDP\"]");
        assertLine("23:11", "spec.template.spec.containers[0].ports[1].protocol");
        assertLine("10:5", "metadata.annotations[example.com/x]");
        assertLine("10:5", "metadata.annotations[\"example.com/x\"]");
        assertLine("10:5", "metadata.annotations.example.com/x");
        assertLine("11:5", "metadata.annotations[a.b]");
        assertLine("11:5", "metadata.annotations.a.b");
        assertLine("7:1", "metadata");
    }

    @Test
    public void findsTheDeepestPartThatIsWritten() {
        assertLine("17:9", "spec.template.spec.containers[0].name.first");
        assertLine("17:9", "spec.template.spec.containers[0].resources.limits");
        assertLine("16:7", "spec.template.spec.containers[7].image");
        assertLine("16:7", "spec.template.spec.containers[name=\"none\"].image");
        assertLine("14:3", "spec.template.metadata.labels");
        assertLine("12:1", "spec.selector");
        assertLine("9:3", "metadata.annotations[none]");
        assertLine("5:1", "status");
        assertLine("5:1", "");
        assertLine("5:1", "[");
        assertLine("5:1", "...");
    }

    @Test
    public void findsItemsOfLists() {
        String list =
                """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: one}
                  data:
                    a: b
                - apiVersion: v1
                  kind: List
                  items:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: two}
                    data:
                      a: b
                """;
        List<Manifest> manifests = read(list).manifests();
        assertEquals("f:8:5", locate(list, manifests.get(0).location(), "data.a"));
        assertEquals("f:16:7", locate(list, manifests.get(1).location(), "data[a]"));
    }

    @Test
    public void findsWhatAnAliasOrAMergeKeyBrings() {
        String yaml =
                """
                apiVersion: v1
                kind: T
                metadata: {name: a}
                x: &x
                  b: 1
                  c: 2
                p: *x
                q:
                  <<: [*x, {d: 3}]
                  c: 4
                """;
        SourceLocation object = read(yaml).manifests().get(0).location();
        assertEquals("f:5:3", locate(yaml, object, "p.b"));
        assertEquals("f:5:3", locate(yaml, object, "q.b"));
        assertEquals("f:10:3", locate(yaml, object, "q.c"));
        assertEquals("f:9:13", locate(yaml, object, "q.d"));
    }

    @Test
    public void findsKeysThatAreNoStrings() {
        String yaml = "apiVersion: v1\nkind: T\nmetadata: {name: a}\ndata:\n  yes: a\n  0x10: b\n";
        SourceLocation object = read(yaml).manifests().get(0).location();
        assertEquals("f:5:3", locate(yaml, object, "data.true"));
        assertEquals("f:6:3", locate(yaml, object, "data[16]"));
    }

    @Test
    public void findsFieldsInJson() {
        String json =
                """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}
                {
                  "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"},
                  "data": {
                    "c": "d"
                  }
                }
                """;
        SourceLocation object = read(json).manifests().get(1).location();
        assertEquals("f:5:5", locate(json, object, "data.c"));
    }

    @Test
    public void anotherFileLeavesTheLocationAsItIs() {
        SourceLocation object = new SourceLocation("f", 5, 1);
        for (String other :
                List.of("", "a: b\n", "a: [\n", "\n\n\n\nx: &x [*x]\n", "a: *b\n", "---\n---\n---\n---\n---\n")) {
            assertEquals("f:5:1", locate(other, object, "spec.replicas"));
        }
        assertEquals("f:1:1", locate("a: b\n", new SourceLocation("f", 1, 1), "c"));
        assertEquals("f", locate("a: b\n", SourceLocation.of("f"), "a"));
        byte[] noText = {(byte) 0xff, 0x41};
        assertEquals("f:5:1", SourceLines.locate(noText, object, "a").toString());
    }

    private static void assertLine(String expected, String path) {
        assertEquals(path, "f:" + expected, locate(YAML, new SourceLocation("f", 5, 1), path));
    }

    private static String locate(String text, SourceLocation object, String path) {
        return SourceLines.locate(text.getBytes(StandardCharsets.UTF_8), object, path)
                .toString();
    }

    private static ReadResult read(String text) {
        return ManifestReader.read("f", text.getBytes(StandardCharsets.UTF_8));
    }
}
