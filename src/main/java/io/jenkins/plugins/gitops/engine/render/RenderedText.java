package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a tool printed, document by document. */
final class RenderedText {

    private RenderedText() {}

    /**
     * One document.
     *
     * @param line of the whole text on which it begins, counted from 1
     */
    record Document(String text, int line) {
        /** @param label in place of a file's name */
        ReadResult read(String label) {
            return ManifestReader.readTemplate(label, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static List<Document> documents(byte[] output) {
        String text = new String(output, StandardCharsets.UTF_8);
        List<Document> documents = new ArrayList<>();
        int begin = 0;
        int beginLine = 1;
        int at = 0;
        int line = 1;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            if (text.startsWith("---", at) && text.substring(at + 3, end).isBlank()) {
                add(documents, text.substring(begin, at), beginLine);
                begin = Math.min(end + 1, text.length());
                beginLine = line + 1;
            }
            at = end + 1;
            line++;
        }
        add(documents, text.substring(begin), beginLine);
        return documents;
    }

    private static void add(List<Document> documents, String text, int line) {
        if (!text.isBlank()) {
            documents.add(new Document(text, line));
        }
    }
}
