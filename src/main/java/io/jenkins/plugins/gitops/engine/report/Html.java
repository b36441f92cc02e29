package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Builds an HTML page. Names of elements and attributes come from the program, every text and every attribute's value
 * is escaped: there is no way in for markup from outside.
 */
final class Html {

    private static final int MIN_RUN = 4;
    private static final int MAX_RUN = 32;

    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes names and values in turn; a {@code null} value leaves the attribute out, {@code ""} stands */
    Html open(String element, String... attributes) {
        tag(element, attributes);
        open.push(element);
        return this;
    }

    Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes what was opened last, and begins a new line of the source. */
    Html closeLine() {
        return close().lineBreak();
    }

    /** A line end: of the source, and of the text inside {@code pre}. */
    Html lineBreak() {
        out.append('\n');
        return this;
    }

    /** An element without content, such as {@code meta}; closed in itself, so that the page is well-formed XML too. */
    Html empty(String element, String... attributes) {
        tag(element, attributes);
        out.setLength(out.length() - 1);
        out.append("/>");
        return this;
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    /**
     * A text that may break before some characters, and wherever it would run on for too long: digests, paths, images.
     *
     * @param before the characters before which it may break
     */
    Html breakable(String text, String before) {
        int from = 0;
        for (int i = 1; i < text.length(); i++) {
            boolean mayBreak = before.indexOf(text.charAt(i)) >= 0;
            if (i - from >= (mayBreak ? MIN_RUN : MAX_RUN)) {
                int to = Printable.boundary(text, i);
                text(text.substring(from, to)).empty("wbr");
                from = to;
            }
        }
        return text(text.substring(from));
    }

    /** An element that holds a text. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** The element's body, between its tags. */
    Html in(String element, Runnable body, String... attributes) {
        open(element, attributes);
        body.run();
        return closeLine();
    }

    /** The page's own style sheet, which is part of the program and holds no end tag. */
    Html style(String css) {
        out.append("<style>").append(css).append("</style>\n");
        return this;
    }

    String page() {
        while (!open.isEmpty()) {
            close();
        }
        return out.append('\n').toString();
    }

    private void tag(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                out.append(' ').append(attributes[i]).append("=\"");
                escape(attributes[i + 1]);
                out.append('"');
            }
        }
        out.append('>');
    }

    private void escape(String text) {
        String printable = Printable.line(text);
        for (int i = 0; i < printable.length(); i++) {
            char c = printable.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
