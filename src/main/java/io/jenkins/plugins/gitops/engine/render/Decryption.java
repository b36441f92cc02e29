package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.Documents;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestWriter;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.sops.AgeKeys;
import io.jenkins.plugins.gitops.engine.sops.SopsException;
import io.jenkins.plugins.gitops.engine.sops.SopsFile;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decrypts Secrets after everything is rendered. A tool may have changed an object around its encrypted values; so the
 * file in the repository is what is verified, as a whole, and the object gets the values of that file at the same paths.
 * Only {@code data} and {@code stringData} of Secrets are decrypted, since nothing else is masked where objects are
 * shown.
 */
final class Decryption {

    private static final List<String> SECRET_FIELDS = List.of("data", "stringData");
    private static final String MARK = "ENC[AES256_GCM,";

    private final SourceTree tree;
    private final AgeKeys keys;
    private final Map<String, SopsFile> files = new HashMap<>();

    Decryption(SourceTree tree, AgeKeys keys) {
        this.tree = tree;
        this.keys = keys;
    }

    RenderResult decrypt(RenderResult rendered) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>(rendered.problems());
        for (Manifest manifest : rendered.manifests()) {
            try {
                manifests.add(decrypted(manifest));
            } catch (SopsException e) {
                problems.add(Problem.error(
                        manifest.location(),
                        manifest.kind() + "/" + manifest.name() + ": " + e.getMessage(),
                        e.advice()));
            } catch (BadInputException e) {
                problems.addAll(e.problems());
            }
        }
        return new RenderResult(manifests, problems);
    }

    private Manifest decrypted(Manifest manifest) throws SopsException, BadInputException, IOException {
        ObjectNode json = manifest.json();
        if (!SopsFile.isEncrypted(json)) {
            return SecretMask.isSecret(json) ? unmarked(manifest) : manifest;
        }
        if (!SecretMask.isSecret(json)) {
            throw refused(manifest, "it is encrypted with SOPS and is no Secret");
        }
        SopsFile file = file(manifest.location().file());
        ObjectNode copy = json.deepCopy();
        copy.remove(SopsFile.METADATA);
        for (Map.Entry<String, JsonNode> field : copy.properties()) {
            List<String> path = new ArrayList<>(List.of(field.getKey()));
            field.setValue(replaced(manifest, file, field.getValue(), path));
        }
        return manifest.with(copy);
    }

    /** A Secret without what SOPS says about its encryption. */
    private Manifest unmarked(Manifest manifest) throws SopsException, BadInputException {
        for (String field : SECRET_FIELDS) {
            for (Map.Entry<String, JsonNode> entry : manifest.json().path(field).properties()) {
                if (entry.getValue().asText().startsWith(MARK)) {
                    throw new BadInputException(Problem.error(
                            manifest.location(),
                            manifest.kind() + "/" + manifest.name() + ": the value at " + field + "." + entry.getKey()
                                    + " is encrypted, and the object lacks the metadata of SOPS",
                            "edit the file with sops, never by hand"));
                }
            }
        }
        return manifest.json().path("data").isObject() ? withDecryptedFiles(manifest) : manifest;
    }

    private SopsFile file(String name) throws SopsException, BadInputException, IOException {
        SopsFile known = files.get(name);
        if (known == null) {
            List<JsonNode> documents = Documents.read(name, tree.read(name)).stream()
                    .map(Documents.Document::json)
                    .toList();
            known = SopsFile.decrypt(documents, keys);
            files.put(name, known);
        }
        return known;
    }

    private static JsonNode replaced(Manifest manifest, SopsFile file, JsonNode node, List<String> path)
            throws SopsException, BadInputException {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                path.add(field.getKey());
                copy.set(field.getKey(), replaced(manifest, file, field.getValue(), path));
                path.remove(path.size() - 1);
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : node) {
                JsonNode value = replaced(manifest, file, item, path);
                if (!value.isMissingNode()) {
                    copy.add(value);
                }
            }
            return copy;
        }
        if (!node.isTextual() || !node.asText().startsWith(MARK)) {
            return node;
        }
        if (!SECRET_FIELDS.contains(path.get(0))) {
            throw refused(manifest, "its " + String.join(".", path) + " is encrypted with SOPS");
        }
        JsonNode value = file.plaintext(path, node.asText());
        if (value == null) {
            throw new BadInputException(Problem.error(
                    manifest.location(),
                    manifest.kind() + "/" + manifest.name() + ": the encrypted value at " + String.join(".", path)
                            + " is not one of this file at this place",
                    "edit the file with sops, never by hand"));
        }
        return value;
    }

    private static BadInputException refused(Manifest manifest, String what) {
        return new BadInputException(Problem.error(
                manifest.location(),
                manifest.kind() + "/" + manifest.name() + ": " + what
                        + "; only data and stringData of Secrets are decrypted, as all else is shown in reports",
                "encrypt with --encrypted-regex '^(data|stringData)$', and keep secret values in Secrets"));
    }

    /** A generator may have made entries of whole encrypted files. */
    private Manifest withDecryptedFiles(Manifest manifest) throws SopsException, BadInputException {
        ObjectNode copy = null;
        for (Map.Entry<String, JsonNode> entry : manifest.json().path("data").properties()) {
            String text = decoded(entry.getValue().asText());
            if (!text.contains(MARK)) {
                continue;
            }
            if (entry.getKey().startsWith("sops_") || text.startsWith(MARK)) {
                throw new BadInputException(Problem.error(
                        manifest.location(),
                        manifest.kind() + "/" + manifest.name()
                                + ": it is generated from an encrypted env file, which is" + " not decrypted",
                        "encrypt a Secret's manifest, or a file that becomes one entry"));
            }
            if (copy == null) {
                copy = manifest.json().deepCopy();
            }
            String plain = plainFile(manifest, entry.getKey(), text);
            ((ObjectNode) copy.get("data"))
                    .put(entry.getKey(), Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
        }
        return copy == null ? manifest : manifest.with(copy);
    }

    private String plainFile(Manifest manifest, String name, String text) throws SopsException, BadInputException {
        List<JsonNode> documents;
        try {
            documents = Documents.read(manifest.location().file(), text.getBytes(StandardCharsets.UTF_8)).stream()
                    .map(Documents.Document::json)
                    .toList();
        } catch (BadInputException e) {
            documents = List.of();
        }
        if (documents.isEmpty() || !SopsFile.isEncrypted(documents.get(0))) {
            throw new BadInputException(Problem.error(
                    manifest.location(),
                    manifest.kind() + "/" + manifest.name() + ": the entry \"" + name
                            + "\" is encrypted in a form that is not read",
                    "encrypt it as YAML, JSON or binary"));
        }
        List<JsonNode> plain = SopsFile.decrypt(documents, keys).documents();
        if (name.endsWith(".json")) {
            return plain.get(0).toPrettyString() + "\n";
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return String.join("---\n", plain.stream().map(ManifestWriter::yaml).toList());
        }
        return plain.get(0).path("data").asText();
    }

    /** Kustomize breaks long ones into lines. */
    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
