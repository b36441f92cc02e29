package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.problem.SourceLocation;

/**
 * Finds the line on which a field of a manifest is written, for a problem that is found after the file was read: by a
 * schema, a policy or the API server. Nothing is kept for that while a sync runs; the one document is parsed again.
 */
public final class SourceLines {

    private SourceLines() {}

    /**
     * @param content the file's bytes, as {@link ManifestReader#read} got them
     * @param object where the manifest begins: its {@link Manifest#location()}
     * @param path such as {@code spec.template.spec.containers[0].image}, {@code .spec.ports[port=80].name} or
     *     {@code metadata.annotations[example.com/x]}: the forms of the API server's errors, which may also name a
     *     field that is not there
     * @return where the field is written, or the deepest part of its path that is; {@code object} itself where not
     *     even its first part is written, and where the file does not hold the manifest there
     */
    public static SourceLocation locate(byte[] content, SourceLocation object, String path) {
        Node node;
        try {
            Problems unheard = new Problems(object.file());
            Limits limits = new Limits(object.file());
            Node root = new DocumentReader(object.file(), limits, unheard)
                    .documentAt(FileText.decode(object.file(), content), object.line());
            if (root == null) {
                return object;
            }
            // What can be expanded within the limits can be walked without end neither.
            new TreeToJson(limits, unheard).convert(root);
            node = beginningAt(root, object);
        } catch (RefusedException e) {
            return object;
        }
        if (node == null) {
            return object;
        }
        Node found = NodeLocator.locate(node, FieldPath.parse(path));
        return found == node ? object : new SourceLocation(object.file(), found.line, found.column);
    }

    /** The document's root or an item of a list of objects. */
    private static Node beginningAt(Node node, SourceLocation location) {
        if (node.line == location.line() && node.column == location.column()) {
            return node;
        }
        Node items = NodeLocator.value(node, "items");
        if (items != null && items.target() instanceof Node.Sequence sequence) {
            for (Node item : sequence.items) {
                Node found = beginningAt(item, location);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
