package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON values as people write them: strings without quotes where they cannot be taken for something else. */
final class FieldText {

    /** What a bare word would be taken for: a number, a truth value, nothing, or the mark between two values. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile("(?i)true|false|null|~|yes|no|on|off|[-+.]?[0-9][0-9_.,:+eExXa-fA-F-]*");

    private static final Pattern PLAIN_IN_FLOW = Pattern.compile("[^\\s,:{}\\[\\]\"'][^,:{}\\[\\]\"']*");

    static final int MAX_LINES = 100_000;

    private FieldText() {}

    /** On one line, in full; maps and lists in braces and brackets. */
    static String value(JsonNode value) {
        StringBuilder text = new StringBuilder();
        flow(value, text, false);
        return text.toString();
    }

    private static void flow(JsonNode value, StringBuilder text, boolean inside) {
        if (value.isTextual()) {
            text.append(string(value.textValue(), inside));
        } else if (value.isObject()) {
            text.append('{');
            int i = 0;
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                text.append(i++ == 0 ? "" : ", ")
                        .append(string(entry.getKey(), true))
                        .append(": ");
                flow(entry.getValue(), text, true);
            }
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            int i = 0;
            for (JsonNode item : value) {
                text.append(i++ == 0 ? "" : ", ");
                flow(item, text, true);
            }
            text.append(']');
        } else {
            text.append(value.asText());
        }
    }

    private static String string(String text, boolean inside) {
        boolean plain = !text.isEmpty()
                && text.strip().length() == text.length()
                && text.codePoints().noneMatch(Printable::isHidden)
                && "\"'{[".indexOf(text.charAt(0)) < 0
                && !text.contains(" -> ")
                && !AMBIGUOUS.matcher(text).matches()
                && (!inside || PLAIN_IN_FLOW.matcher(text).matches());
        return plain ? text : '"' + Printable.line(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /**
     * A map or a list on lines of its own, indented as YAML; a string's own lines. Where there are more than
     * {@value #MAX_LINES} the last one says so: no object of a cluster has as many, and a small JSON can have a huge number.
     */
    static List<String> lines(JsonNode value) {
        List<String> lines = new ArrayList<>();
        if (value.isTextual()) {
            String text = value.textValue();
            String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            // Not String.lines(): a carriage return is part of a line, and may be all that differs.
            lines.addAll(List.of(body.split("\n", MAX_LINES + 1)));
        } else {
            block(value, "", "", lines);
        }
        if (lines.size() > MAX_LINES) {
            lines.set(MAX_LINES, "... (more than " + Printable.count(MAX_LINES) + " lines)");
        }
        return lines;
    }

    /**
     * @param first what goes before the first line: the indentation, or {@code name: } or {@code - } behind it
     * @param indent what goes before the others
     */
    private static void block(JsonNode value, String first, String indent, List<String> lines) {
        if (lines.size() > MAX_LINES) {
            return;
        }
        if (!value.isContainerNode() || value.isEmpty()) {
            lines.add(first + value(value));
        } else if (value.isArray()) {
            String start = first;
            for (JsonNode item : value) {
                block(item, start + "- ", indent + "  ", lines);
                start = indent;
            }
        } else {
            String start = first;
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                String name = start + string(entry.getKey(), true) + ":";
                if (entry.getValue().isContainerNode() && !entry.getValue().isEmpty()) {
                    lines.add(name);
                    String deeper = indent + (entry.getValue().isArray() ? "" : "  ");
                    block(entry.getValue(), deeper, deeper, lines);
                } else {
                    lines.add(name + " " + value(entry.getValue()));
                }
                start = indent;
            }
        }
    }
}
