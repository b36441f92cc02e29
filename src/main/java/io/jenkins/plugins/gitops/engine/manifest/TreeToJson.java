package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.core.util.InternCache;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ScalarResolver.UnresolvableException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns a document's nodes into JSON: scalars resolved, keys made strings, aliases expanded, merge keys merged. What
 * cannot be turned is told as a problem and leaves a {@link MissingNode}, so that the rest is looked at all the same.
 */
final class TreeToJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Limits limits;
    private final Problems problems;

    /** The aliases that are being expanded. */
    private final Deque<Node> expanding = new ArrayDeque<>();

    TreeToJson(Limits limits, Problems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    JsonNode convert(Node root) throws RefusedException {
        return value(root, 1);
    }

    private JsonNode value(Node node, int depth) throws RefusedException {
        if (!expanding.isEmpty()) {
            limits.node(node.line, node.column);
        }
        if (node instanceof Node.Scalar scalar) {
            try {
                return ScalarResolver.value(scalar);
            } catch (UnresolvableException e) {
                problems.error(scalar, e.getMessage(), e.advice());
                return MissingNode.getInstance();
            }
        }
        if (node instanceof Node.Alias alias) {
            return alias(alias, depth);
        }
        limits.depth(depth, node.line, node.column);
        if (node instanceof Node.Sequence sequence) {
            checkTag(sequence, sequence.tag, "seq");
            ArrayNode array = JSON.arrayNode(sequence.items.size());
            for (Node item : sequence.items) {
                array.add(value(item, depth + 1));
            }
            return array;
        }
        Node.Mapping mapping = (Node.Mapping) node;
        // No larger than needed: most mappings are small, and a large repository has a million of them.
        ObjectNode object = new ObjectNode(JSON, new LinkedHashMap<>(mapping.keys.size() * 4 / 3 + 1));
        fill(object, mapping, depth);
        return object;
    }

    private JsonNode alias(Node.Alias alias, int depth) throws RefusedException {
        begin(alias);
        JsonNode value = value(alias.target(), depth);
        expanding.pop();
        return value;
    }

    private void begin(Node.Alias alias) throws RefusedException {
        if (expanding.contains(alias.target())) {
            throw RefusedException.document(Problem.error(problems.location(alias), "an anchor (&) contains itself"));
        }
        expanding.push(alias.target());
    }

    /**
     * Puts a mapping's entries into an object. As in kubectl's library the last one wins, be it written in the mapping
     * or merged into it: a merge key below an entry replaces it.
     */
    private void fill(ObjectNode object, Node.Mapping mapping, int depth) throws RefusedException {
        checkTag(mapping, mapping.tag, "map");
        Map<String, Node> written = null;
        for (int i = 0; i < mapping.keys.size(); i++) {
            Node key = mapping.keys.get(i);
            Node value = mapping.values.get(i);
            if (isMerge(key)) {
                merge(object, value, depth);
                continue;
            }
            String name = key(key);
            JsonNode json = value(value, depth + 1);
            if (name == null) {
                continue;
            }
            if (written == null && object.has(name)) {
                written = writtenBefore(mapping, i);
            }
            Node first = written == null ? null : written.putIfAbsent(name, key);
            if (first != null) {
                problems.error(
                        key,
                        "the key " + Shown.quoted(name) + " is here twice, first on line " + first.line,
                        "take one of them away");
            }
            object.set(name, json);
        }
    }

    /** The keys above the {@code end}th. Made only when a key is met again, which is rare. */
    private Map<String, Node> writtenBefore(Node.Mapping mapping, int end) {
        Map<String, Node> written = new HashMap<>();
        for (int i = 0; i < end; i++) {
            Node key = mapping.keys.get(i);
            String name = isMerge(key) ? null : quietKey(key);
            if (name != null) {
                written.putIfAbsent(name, key);
            }
        }
        return written;
    }

    private void merge(ObjectNode object, Node value, int depth) throws RefusedException {
        if (value instanceof Node.Sequence sequence) {
            // Earlier ones take precedence, and the last one put wins.
            for (int i = sequence.items.size() - 1; i >= 0; i--) {
                mergeOne(object, sequence.items.get(i), depth);
            }
        } else {
            mergeOne(object, value, depth);
        }
    }

    private void mergeOne(ObjectNode object, Node value, int depth) throws RefusedException {
        if (!(value.target() instanceof Node.Mapping mapping)) {
            problems.error(value, "a merge key << needs a mapping, or a list of mappings", "");
            return;
        }
        // What is merged lies no deeper in the object, but a chain of merges is as deep for us.
        limits.node(value.line, value.column);
        limits.depth(depth + 1, value.line, value.column);
        if (value instanceof Node.Alias alias) {
            begin(alias);
            fill(object, mapping, depth + 1);
            expanding.pop();
        } else {
            fill(object, mapping, depth + 1);
        }
    }

    static boolean isMerge(Node key) {
        return key instanceof Node.Scalar scalar
                && scalar.text.equals("<<")
                && (scalar.implicit || ScalarResolver.MERGE_TAG.equals(scalar.tag));
    }

    /** {@code null} after a problem. */
    private String key(Node key) {
        if (!(key.target() instanceof Node.Scalar scalar)) {
            problems.error(
                    key,
                    "a mapping or a list cannot be a key",
                    "quote what begins with { or [ if it is text; a template of Helm has to be rendered first");
            return null;
        }
        try {
            // Once for all manifests: they have the same few keys.
            return InternCache.instance.intern(ScalarResolver.key(scalar));
        } catch (UnresolvableException e) {
            problems.error(key, e.getMessage(), e.advice());
            return null;
        }
    }

    /** The string that a key stands for; {@code null} where it stands for none. */
    static String quietKey(Node key) {
        try {
            return key.target() instanceof Node.Scalar scalar ? ScalarResolver.key(scalar) : null;
        } catch (UnresolvableException e) {
            return null;
        }
    }

    private void checkTag(Node node, String tag, String type) {
        if (tag != null && !tag.equals("!") && !tag.equals(ScalarResolver.TAG_PREFIX + type)) {
            UnresolvableException refused = ScalarResolver.foreignTag();
            problems.error(node, refused.getMessage(), refused.advice());
        }
    }
}
