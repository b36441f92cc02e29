package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.Test;

public class SecretMaskTest {

    private static final ObjectId SECRET = new ObjectId("", "Secret", "shop", "db");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    @Test
    public void masksEveryValueAndKeepsTheRest() {
        ObjectNode secret =
                secret("data: {user: cm9vdA==, empty: '', none: }\nstringData: {password: hunter2}\ntype: Opaque");
        ObjectNode masked = SecretMask.mask(secret);
        assertNotSame(secret, masked);
        assertEquals(
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\"},"
                        + "\"data\":{\"user\":\"***\",\"empty\":\"***\",\"none\":null},"
                        + "\"stringData\":{\"password\":\"***\"},\"type\":\"Opaque\"}",
                masked.toString());
        assertEquals("hunter2", secret.path("stringData").path("password").asText());
    }

    @Test
    public void masksWhatIsNotEvenAMap() {
        assertEquals(
                "\"***\"", SecretMask.mask(secret("data: hunter2")).get("data").toString());
        assertEquals(
                "{\"a\":\"***\"}",
                SecretMask.mask(secret("data: {a: {b: hunter2}}")).get("data").toString());
    }

    @Test
    public void masksTheCopyThatKubectlLeaves() {
        ObjectNode masked = SecretMask.mask(secret("metadata: {name: db, annotations: {note: kept, " + LAST_APPLIED
                + ": '{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\"},"
                + "\"data\":{\"user\":\"b2xk\"},\"stringData\":{\"x\":\"old\"}}'}}\ndata: {user: cm9vdA==}"));
        assertEquals(
                "{\"note\":\"kept\",\"" + LAST_APPLIED
                        + "\":\"{\\\"apiVersion\\\":\\\"v1\\\",\\\"kind\\\":\\\"Secret\\\","
                        + "\\\"metadata\\\":{\\\"name\\\":\\\"db\\\"},\\\"data\\\":{\\\"user\\\":\\\"***\\\"},"
                        + "\\\"stringData\\\":{\\\"x\\\":\\\"***\\\"}}\"}",
                masked.path("metadata").path("annotations").toString());
        assertEquals(
                "***",
                SecretMask.mask(secret("metadata: {name: db, annotations: {" + LAST_APPLIED + ": 'broken {hunter2'}}"))
                        .path("metadata")
                        .path("annotations")
                        .get(LAST_APPLIED)
                        .asText());
    }

    @Test
    public void masksOtherCopiesInAnnotations() {
        ObjectNode masked = SecretMask.mask(
                secret(
                        """
                metadata:
                  name: db
                  annotations:
                    plain: the password is hunter2
                    encoded: aHVudGVyMg==
                    short: abc
                    about: abc is short
                    other: kept
                data: {password: aHVudGVyMg==}
                stringData: {pin: abc}
                """));
        assertEquals(
                "{\"plain\":\"***\",\"encoded\":\"***\",\"short\":\"***\",\"about\":\"abc is"
                        + " short\",\"other\":\"kept\"}",
                masked.path("metadata").path("annotations").toString());
    }

    @Test
    public void showsThatAValueChanged() {
        SecretMask.Pair pair = SecretMask.mask(
                secret("data: {same: YQ==, other: Yg==, gone: Yw==" + "}\nmetadata: {name: db, annotations: {"
                        + LAST_APPLIED + ": before}}"),
                secret("data: {same: YQ==, other: ZA==, new: ZQ==" + "}\nmetadata: {name: db, annotations: {"
                        + LAST_APPLIED + ": after}}"));
        assertEquals(
                "{\"same\":\"***\",\"other\":\"*** (before)\",\"gone\":\"***\"}",
                pair.before().get("data").toString());
        assertEquals(
                "{\"same\":\"***\",\"other\":\"*** (after)\",\"new\":\"***\"}",
                pair.after().get("data").toString());
        assertEquals(
                "*** (before)",
                pair.before()
                        .path("metadata")
                        .path("annotations")
                        .get(LAST_APPLIED)
                        .asText());
        assertEquals(
                "*** (after)",
                pair.after()
                        .path("metadata")
                        .path("annotations")
                        .get(LAST_APPLIED)
                        .asText());
    }

    @Test
    public void oneStateMayBeMissing() {
        SecretMask.Pair created = SecretMask.mask(null, secret("data: {a: Yg==}"));
        assertEquals(null, created.before());
        assertEquals("{\"a\":\"***\"}", created.after().get("data").toString());
        SecretMask.Pair deleted = SecretMask.mask(secret("data: {a: Yg==}"), null);
        assertEquals("{\"a\":\"***\"}", deleted.before().get("data").toString());
        assertEquals(null, deleted.after());
    }

    @Test
    public void leavesOtherKindsAlone() {
        for (String type : List.of("apiVersion: v1\nkind: ConfigMap", "apiVersion: example.com/v1\nkind: Secret")) {
            ObjectNode object = read(type + "\nmetadata: {name: a}\ndata: {a: b}\n");
            assertEquals(object, SecretMask.mask(object));
        }
    }

    @Test
    public void knowsTheSecretPaths() {
        for (String path : List.of(
                "",
                "data",
                ".data",
                "data.password",
                "data[a.b]",
                ".stringData.x",
                "metadata",
                "metadata.annotations",
                "metadata.annotations[" + LAST_APPLIED + "]",
                "metadata.annotations." + LAST_APPLIED)) {
            assertTrue(path, SecretMask.isSecretPath(SECRET, path));
        }
        for (String path : List.of(
                "type", "immutable", "metadata.labels", "metadata.labels[data]", "metadata.annotations[note]")) {
            assertFalse(path, SecretMask.isSecretPath(SECRET, path));
        }
        assertFalse(SecretMask.isSecretPath(new ObjectId("", "ConfigMap", "shop", "db"), "data"));
        assertFalse(SecretMask.isSecretPath(new ObjectId("example.com", "Secret", "shop", "db"), "data"));
    }

    @Test
    public void aCopyIsFoundHoweverItIsBrokenIntoLines() {
        String value = "correct horse battery staple";
        String base64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        String wrapped = base64.substring(0, 10) + "\n" + base64.substring(10, 20) + "\r\n" + base64.substring(20);
        for (String written : List.of(base64, wrapped, wrapped + "\n")) {
            for (String copy : List.of(
                    value,
                    base64,
                    wrapped,
                    "x: " + wrapped,
                    "correct horse\nbattery staple",
                    "{\"a\": \"" + base64 + "\"}")) {
                ObjectNode secret = secret("data: {password: " + TextNode.valueOf(written) + "}");
                ((ObjectNode) secret.get("metadata")).putObject("annotations").put("note", copy);
                String shown = SecretMask.mask(secret).toString();
                assertEquals(
                        "***",
                        SecretMask.mask(secret)
                                .path("metadata")
                                .path("annotations")
                                .path("note")
                                .asText());
                assertFalse(shown, shown.contains("horse"));
            }
        }
    }

    @Test
    public void aCopyInsideJsonIsFound() {
        ObjectNode secret = secret("stringData: {password: 'a\"b\\c'}");
        ((ObjectNode) secret.get("metadata")).putObject("annotations").put("note", "{\"p\": \"a\\\"b\\\\c\"}");
        assertEquals(
                "***",
                SecretMask.mask(secret)
                        .path("metadata")
                        .path("annotations")
                        .path("note")
                        .asText());
    }

    private static ObjectNode secret(String rest) {
        String metadata = rest.contains("metadata:") ? "" : "metadata: {name: db}\n";
        return read("apiVersion: v1\nkind: Secret\n" + metadata + rest + "\n");
    }

    private static ObjectNode read(String yaml) {
        ReadResult result = ManifestReader.read("f", yaml.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), result.problems());
        return result.manifests().get(0).json();
    }
}
