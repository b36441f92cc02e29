package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts a file into YAML documents as kubectl does: before YAML is parsed, at every line that begins with {@code ---},
 * behind which only blanks and a comment may stand. So a broken document leaves the others readable.
 */
final class DocumentSplitter {

    private static final String SEPARATOR = "---";

    /**
     * One document's text.
     *
     * @param text a whole number of lines
     * @param line the file's line on which it begins, counted from 1
     */
    record Chunk(String text, int line) {}

    private DocumentSplitter() {}

    /**
     * @param from the index in {@code text} to begin at, the start of line {@code line}
     */
    static List<Chunk> split(String file, String text, int from, int line, Consumer<Problem> problems) {
        List<Chunk> chunks = new ArrayList<>();
        int begin = from;
        int beginLine = line;
        int at = from;
        int atLine = line;
        boolean readable = true;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            if (text.startsWith(SEPARATOR, at)) {
                boolean valid = isSeparator(text, at, end);
                if (!valid) {
                    problems.accept(invalidSeparator(file, atLine));
                }
                // A separator in front of the first document belongs to it; the YAML parser knows it too.
                if (at > begin || !valid) {
                    if (readable && at > begin) {
                        chunks.add(new Chunk(text.substring(begin, at), beginLine));
                    }
                    begin = Math.min(end + 1, text.length());
                    beginLine = atLine + 1;
                    readable = valid;
                }
            }
            at = end + 1;
            atLine++;
        }
        if (readable && begin < text.length()) {
            chunks.add(new Chunk(text.substring(begin), beginLine));
        }
        return chunks;
    }

    private static boolean isSeparator(String text, int begin, int end) {
        int at = begin + SEPARATOR.length();
        while (at < end && isSpace(text.charAt(at))) {
            at++;
        }
        return at == end || text.charAt(at) == '#';
    }

    /** Go's {@code unicode.IsSpace}. */
    static boolean isSpace(char c) {
        return c >= '\t' && c <= '\r' || c == '\u0085' || Character.isSpaceChar(c);
    }

    private static Problem invalidSeparator(String file, int line) {
        return Problem.error(
                new SourceLocation(file, line, 1),
                "a line that begins with --- separates two documents, and only a comment may follow on it",
                "begin the document on the next line, or indent the line if it belongs to the text above");
    }
}
