package io.jenkins.plugins.gitops.engine.manifest;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Rewrites what kubectl's YAML library reads and SnakeYAML does not: a tab between tokens, as in
 * {@code key:<TAB>value}, and the escapes {@code \'} and backslash-tab in double quotes. Each is mended where SnakeYAML stops at it, since only there
 * it is certain that it is no part of a text.
 */
final class YamlMend {

    private static final String LINE_BREAKS = "\n\r\u0085\u2028\u2029";

    private YamlMend() {}

    /** The document with one place mended; {@code null} where that is not what is wrong with it. */
    static String mend(String text, RuntimeException e) {
        if (!(e instanceof MarkedYAMLException marked) || marked.getProblemMark() == null) {
            return null;
        }
        Mark mark = marked.getProblemMark();
        int at = text.offsetByCodePoints(0, Math.min(mark.getIndex(), text.codePointCount(0, text.length())));
        if (at >= text.length()) {
            return null;
        }
        char stop = text.charAt(at);
        if (String.valueOf(marked.getProblem()).startsWith("found unknown escape character")) {
            return switch (stop) {
                case '\t' -> text.substring(0, at) + "t" + text.substring(at + 1);
                case '\'' -> text.substring(0, at - 1) + text.substring(at);
                default -> null;
            };
        }
        return stop == '\t' ? tab(text, at) : null;
    }

    private static String tab(String text, int at) {
        int line = at;
        while (line > 0 && LINE_BREAKS.indexOf(text.charAt(line - 1)) < 0) {
            line--;
        }
        if (isIndentation(text, line, at)) {
            return null;
        }
        int end = at;
        while (end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
        return text.substring(0, at) + " ".repeat(end - at) + text.substring(end);
    }

    /** Whether there are only blanks and indicators that begin a node: there a tab would be indentation. */
    private static boolean isIndentation(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            boolean indicator = (c == '-' || c == '?' || c == ':') && (i + 1 == end || isBlank(text.charAt(i + 1)));
            if (!isBlank(c) && !indicator) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
