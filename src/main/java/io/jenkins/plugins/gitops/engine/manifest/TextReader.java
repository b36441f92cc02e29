package io.jenkins.plugins.gitops.engine.manifest;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * SnakeYAML's view of a document that is in memory as a whole. The reader that SnakeYAML brings moves a small window
 * over a stream and copies it with every look ahead: a token of a megabyte costs it seconds, one of 16 MiB minutes.
 */
final class TextReader extends StreamReader {

    private static final int END = '\0';

    private final int[] text;
    private int at;
    private int line;
    private int column;

    /** @throws ReaderException if there is a character that YAML does not allow */
    TextReader(String text) {
        super("");
        this.text = text.codePoints().toArray();
        for (int i = 0; i < this.text.length; i++) {
            if (!isPrintable(this.text[i])) {
                throw new ReaderException("", i, this.text[i], "special characters are not allowed");
            }
        }
    }

    /** The document in Unicode code points, which is how {@link Mark#getIndex()} counts. */
    int[] codePoints() {
        return text;
    }

    @Override
    public Mark getMark() {
        return new Mark("", at, line, column, text, at);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && at < text.length; i++) {
            int c = text[at++];
            if (isLineEnd(c)) {
                line++;
                column = 0;
            } else if (c != '\ufeff') {
                column++;
            }
        }
    }

    /** Of a carriage return and a line feed together the second counts. */
    private boolean isLineEnd(int c) {
        return switch (c) {
            case '\n', '\u0085', '\u2028', '\u2029' -> true;
            case '\r' -> at < text.length && text[at] != '\n';
            default -> false;
        };
    }

    @Override
    public int peek() {
        return at < text.length ? text[at] : END;
    }

    @Override
    public int peek(int index) {
        return at + index < text.length ? text[at + index] : END;
    }

    @Override
    public String prefix(int length) {
        return new String(text, at, Math.min(length, text.length - at));
    }

    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        at += length;
        column += length;
        return prefix;
    }

    @Override
    public int getIndex() {
        return at;
    }

    @Override
    public int getLine() {
        return line;
    }

    @Override
    public int getColumn() {
        return column;
    }

    /** SnakeYAML's own limit is not used: {@link Limits} has its own. */
    @Override
    public int getDocumentIndex() {
        return 0;
    }

    @Override
    public void resetDocumentIndex() {}

    @Override
    public String toString() {
        return "a document of " + text.length + " characters";
    }
}
