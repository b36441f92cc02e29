package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the manifests of a file. YAML means what it means to kubectl. Where we differ, we refuse what kubectl takes
 * without a word: a key that is written twice, tags other than YAML's own, bytes that are not UTF-8, and text that
 * kubectl leaves unread behind the end of a document. The test class {@code KubectlDifferences} lists every difference.
 */
public final class ManifestReader {

    private ManifestReader() {}

    /**
     * Reads a file and tells every problem of every document. Never throws on bad content.
     *
     * @param file path relative to the repository's root, for the locations
     * @param content of a {@code .yaml}, {@code .yml} or {@code .json} file; YAML and JSON are told apart by content
     */
    public static ReadResult read(String file, byte[] content) {
        return read(file, content, false);
    }

    /** The same for what holds variables: {@link #check} judges it when they are substituted. */
    public static ReadResult readTemplate(String file, byte[] content) {
        return read(file, content, true);
    }

    /** What is wrong with the form of an object that was not read as it is now. */
    public static List<Problem> check(Manifest manifest) {
        SourceLocation location = manifest.location();
        Problems problems = new Problems(location.file());
        Node whole = new Node.Scalar(location.line(), location.column(), "", null, true);
        ObjectCheck.check(problems, whole, manifest.json(), false);
        return problems.list();
    }

    private static ReadResult read(String file, byte[] content, boolean template) {
        Problems problems = new Problems(file);
        List<Manifest> manifests = new ArrayList<>();
        Limits limits = new Limits(file);
        try {
            String text = FileText.decode(file, content);
            new DocumentReader(file, limits, problems)
                    .read(text, root -> read(root, limits, problems, manifests, template));
        } catch (RefusedException e) {
            problems.add(e.problem());
        }
        return new ReadResult(manifests, problems.list());
    }

    private static void read(Node root, Limits limits, Problems problems, List<Manifest> manifests, boolean template)
            throws RefusedException {
        int before = problems.added();
        JsonNode json = new TreeToJson(limits, problems).convert(root);
        if (!json.isNull()) {
            new Document(problems, manifests, problems.added() == before, template).add(root, json, "the document");
        }
    }

    /**
     * One document: an object, or a list of them.
     *
     * @param sound whether all of it could be read; otherwise it is only looked at for more problems
     * @param template whether it may hold variables
     */
    private record Document(Problems problems, List<Manifest> manifests, boolean sound, boolean template) {

        void add(Node node, JsonNode json, String what) {
            if (json instanceof ObjectNode object) {
                JsonNode items = object.get("items");
                String kind = object.path("kind").asText();
                if (kind.endsWith("List") && items != null && (items.isArray() || items.isNull())) {
                    list(node, object, kind);
                } else {
                    object(node, object);
                }
            } else if (!json.isMissingNode()) {
                problems.error(
                        node,
                        what + " is " + Shown.described(json) + ", not a mapping with apiVersion, kind and metadata",
                        json.isArray() ? "separate the objects with lines ---" : "");
            }
        }

        private void list(Node node, ObjectNode list, String kind) {
            Node itemsNode = NodeLocator.value(node, "items");
            if (!(itemsNode.target() instanceof Node.Sequence sequence)) {
                return;
            }
            for (int i = 0; i < sequence.items.size(); i++) {
                JsonNode item = list.get("items").get(i);
                if (item instanceof ObjectNode object && !kind.equals("List")) {
                    typeFromList(object, list, kind);
                }
                add(sequence.items.get(i), item, "items[" + i + "]");
            }
        }

        /** The items of a PodList and its like need not say what they are. */
        private static void typeFromList(ObjectNode item, ObjectNode list, String kind) {
            if (!item.has("kind") && !item.has("apiVersion")) {
                item.put("kind", kind.substring(0, kind.length() - "List".length()));
                item.set("apiVersion", list.get("apiVersion"));
            }
        }

        private void object(Node node, ObjectNode object) {
            int before = problems.added();
            ObjectCheck.check(problems, node, object, template);
            if (sound && problems.added() == before) {
                manifests.add(new Manifest(object, problems.location(node)));
            }
        }
    }
}
