package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.manifest.FieldPath.Step;
import java.util.List;

/** Walks a path through a document's nodes. */
final class NodeLocator {

    /** A step from a node to a node below it. */
    private record Found(Node at, Node value, int steps) {}

    private NodeLocator() {}

    /**
     * Where the field is written, or the deepest part of its path that is: the key of a mapping's entry, and a list's
     * item. Aliases and merge keys lead to the place where the value is written.
     */
    static Node locate(Node object, List<Step> path) {
        Node at = object;
        Node value = object;
        int done = 0;
        while (done < path.size()) {
            Found next = step(value.target(), path, done);
            if (next == null) {
                break;
            }
            at = next.at;
            value = next.value;
            done += next.steps;
        }
        return at;
    }

    /** The value of a mapping's entry; {@code null} where there is none. */
    static Node value(Node mapping, String key) {
        Found found = mapping.target() instanceof Node.Mapping target ? entry(target, key, 0) : null;
        return found == null ? null : found.value;
    }

    private static Found step(Node node, List<Step> path, int from) {
        Step step = path.get(from);
        if (node instanceof Node.Sequence sequence) {
            Node item = step.bracketed() ? item(sequence, step.text()) : null;
            return item == null ? null : new Found(item, item, 1);
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return null;
        }
        // A key may hold dots, and not every writer of paths puts it in brackets.
        StringBuilder key = new StringBuilder();
        for (int end = from; end < path.size(); end++) {
            key.append(end > from ? "." : "").append(path.get(end).text());
            Found found = entry(mapping, key.toString(), 0);
            if (found != null) {
                return new Found(found.at, found.value, end - from + 1);
            }
            if (path.get(end).bracketed()) {
                return null;
            }
        }
        return null;
    }

    /** The last one counts, as in {@link TreeToJson}. */
    private static Found entry(Node.Mapping mapping, String key, int merges) {
        for (int i = mapping.keys.size() - 1; i >= 0; i--) {
            Node at = mapping.keys.get(i);
            Node value = mapping.values.get(i);
            if (TreeToJson.isMerge(at)) {
                Found merged = merges > Limits.DEPTH ? null : merged(value.target(), key, merges + 1);
                if (merged != null) {
                    return merged;
                }
            } else if (key.equals(TreeToJson.quietKey(at))) {
                return new Found(at, value, 1);
            }
        }
        return null;
    }

    private static Found merged(Node value, String key, int merges) {
        List<Node> sources = value instanceof Node.Sequence sequence ? sequence.items : List.of(value);
        for (Node source : sources) {
            Found found = source.target() instanceof Node.Mapping mapping ? entry(mapping, key, merges) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Node item(Node.Sequence sequence, String text) {
        if (text.matches("\\d{1,9}")) {
            int index = Integer.parseInt(text);
            return index < sequence.items.size() ? sequence.items.get(index) : null;
        }
        List<String[]> selector = FieldPath.selector(text);
        for (Node item : sequence.items) {
            if (selector.isEmpty() ? isText(item, text) : matches(item, selector)) {
                return item;
            }
        }
        return null;
    }

    private static boolean matches(Node item, List<String[]> selector) {
        for (String[] pair : selector) {
            // A set's item is written [="value"], and a list's item by its keys; a key that is not written may be
            // a default of the server.
            Node value = pair[0].isEmpty() ? item : value(item, pair[0]);
            if (value != null && !isText(value, pair[1])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(Node node, String text) {
        return node.target() instanceof Node.Scalar scalar && scalar.text.equals(text);
    }
}
