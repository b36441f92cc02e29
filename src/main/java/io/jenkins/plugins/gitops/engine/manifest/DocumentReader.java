package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.manifest.DocumentSplitter.Chunk;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the documents of a file as kubectl's {@code YAMLOrJSONDecoder} does: a file that begins with a brace is read as
 * JSON values that follow each other, and as YAML from where it stops being JSON; every other file as YAML documents.
 */
final class DocumentReader {

    private final String file;
    private final Limits limits;
    private final Problems problems;

    /** @param problems takes what is wrong with the syntax */
    DocumentReader(String file, Limits limits, Problems problems) {
        this.file = file;
        this.limits = limits;
        this.problems = problems;
    }

    /** What is done with each document in turn, so that only one is in memory as nodes. */
    @FunctionalInterface
    interface Sink {
        void accept(Node root) throws RefusedException;
    }

    /** @param text as {@link FileText} gives it */
    void read(String text, Sink sink) {
        try {
            if (startsWithBrace(text)) {
                jsonStream(text, sink);
            } else {
                yamlStream(text, 0, null, sink);
            }
        } catch (RefusedException e) {
            problems.add(e.problem());
        }
    }

    /** Reads the one document in which a line lies; {@code null} where it holds none or cannot be read. */
    Node documentAt(String text, int line) {
        List<Node> roots = new ArrayList<>();
        try {
            if (startsWithBrace(text)) {
                read(text, roots::add);
                return lastBefore(roots, line);
            }
            Chunk found = null;
            for (Chunk chunk : DocumentSplitter.split(file, text, 0, 1, problems::add)) {
                if (chunk.line() <= line) {
                    found = chunk;
                }
            }
            return found == null ? null : document(found);
        } catch (RefusedException e) {
            return null;
        }
    }

    private static Node lastBefore(List<Node> roots, int line) {
        Node found = null;
        for (Node root : roots) {
            if (root.line <= line) {
                found = root;
            }
        }
        return found;
    }

    private void jsonStream(String text, Sink sink) throws RefusedException {
        int before = limits.nodes();
        JsonDocuments.Result json = json(text, 1);
        if (json == null || json.roots().isEmpty()) {
            limits.backTo(before);
            yamlStream(text, pastLineEnd(text, 0), null, sink);
            return;
        }
        for (Node root : json.roots()) {
            accept(root, sink);
        }
        if (json.problem() == null) {
            return;
        }
        // Behind the first value the rest may still be YAML; behind the second kubectl holds the file to be JSON.
        if (json.roots().size() > 1) {
            problems.add(json.problem());
            return;
        }
        yamlStream(text, pastLineEnd(text, json.end()), json.problem(), sink);
    }

    /** {@code null} where the limits were met: then the text is told about as YAML. */
    private JsonDocuments.Result json(String text, int line) throws RefusedException {
        try {
            return JsonDocuments.read(file, text, line, limits);
        } catch (RefusedException e) {
            if (e.wholeFile()) {
                throw e;
            }
            return null;
        }
    }

    /** Past white space, at most to the start of the next line. */
    private static int pastLineEnd(String text, int from) {
        int at = from;
        while (at < text.length() && DocumentSplitter.isSpace(text.charAt(at))) {
            if (text.charAt(at++) == '\n') {
                break;
            }
        }
        return at;
    }

    /** @param firstProblem what is told of the first document if it cannot be read; {@code null} for YAML's own words */
    private void yamlStream(String text, int from, Problem firstProblem, Sink sink) throws RefusedException {
        int line =
                1 + (int) text.substring(0, from).chars().filter(c -> c == '\n').count();
        boolean first = true;
        for (Chunk chunk : DocumentSplitter.split(file, text, from, line, problems::add)) {
            try {
                Node root = document(chunk);
                if (root != null) {
                    accept(root, sink);
                }
            } catch (RefusedException e) {
                if (e.wholeFile()) {
                    throw e;
                }
                problems.add(first && firstProblem != null ? firstProblem : e.problem());
            }
            first = false;
        }
    }

    private void accept(Node root, Sink sink) throws RefusedException {
        try {
            sink.accept(root);
        } catch (RefusedException e) {
            if (e.wholeFile()) {
                throw e;
            }
            problems.add(e.problem());
        }
    }

    /** A chunk that is one JSON object is read as JSON: faster, and it may hold what YAML does not know. */
    private Node document(Chunk chunk) throws RefusedException {
        String text = chunk.text();
        if (!startsWithBrace(text)) {
            return YamlParser.parse(file, chunk, limits);
        }
        int before = limits.nodes();
        JsonDocuments.Result json = json(text, chunk.line());
        if (json != null && json.problem() == null && json.roots().size() == 1) {
            return json.roots().get(0);
        }
        limits.backTo(before);
        try {
            return YamlParser.parse(file, chunk, limits);
        } catch (RefusedException e) {
            boolean meantAsJson = json != null && json.problem() != null && startsAsJson(text);
            throw meantAsJson && !e.wholeFile() ? RefusedException.document(json.problem()) : e;
        }
    }

    private static boolean startsWithBrace(String text) {
        int at = firstNonBlank(text, 0);
        return at < text.length() && text.charAt(at) == '{';
    }

    /** A brace and a quoted key: what a person writes who means JSON. */
    private static boolean startsAsJson(String text) {
        int key = firstNonBlank(text, firstNonBlank(text, 0) + 1);
        return key < text.length() && text.charAt(key) == '"';
    }

    private static int firstNonBlank(String text, int from) {
        int at = from;
        while (at < text.length() && DocumentSplitter.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
