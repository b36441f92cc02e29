package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes JSON as YAML that every reader takes for the same, whatever it makes of {@code no} and {@code 0644}: text is
 * quoted unless it cannot be anything else.
 */
public final class ManifestWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*");

    /** A colon is harmless where no blank follows, as in an image's name. */
    private static final Pattern PLAIN_WITH_COLON = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]+)+");

    private static final Pattern LITERAL = Pattern.compile("[^ \\n\\t][\\x20-\\x7e\\t\\n]*");

    /** What some version of YAML takes for something else than text. */
    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

    private ManifestWriter() {}

    /** One document, without a separator. */
    public static String yaml(JsonNode object) {
        StringBuilder out = new StringBuilder();
        if (object.isContainerNode() && !object.isEmpty()) {
            block(out, object, 0);
        } else {
            scalar(out, object, 0);
        }
        return out.toString();
    }

    private static void block(StringBuilder out, JsonNode node, int indent) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                out.append(" ".repeat(indent)).append(text(field.getKey())).append(':');
                value(out, field.getValue(), indent, field.getValue().isArray() ? indent : indent + 2);
            }
        } else {
            for (JsonNode item : node) {
                out.append(" ".repeat(indent)).append('-');
                if (item.isObject() && !item.isEmpty()) {
                    int begin = out.length();
                    block(out, item, indent + 2);
                    // The first field stands behind the dash.
                    out.delete(begin, begin + indent + 1);
                } else {
                    value(out, item, indent, indent + 2);
                }
            }
        }
    }

    private static void value(StringBuilder out, JsonNode value, int indent, int below) {
        if (value.isContainerNode() && !value.isEmpty()) {
            out.append('\n');
            block(out, value, below);
        } else {
            out.append(' ');
            scalar(out, value, indent + 2);
        }
    }

    private static void scalar(StringBuilder out, JsonNode value, int indent) {
        if (!value.isTextual()) {
            out.append(value).append('\n');
            return;
        }
        String text = value.asText();
        if (!text.contains("\n") || !LITERAL.matcher(text).matches() || text.contains(" \n") || text.contains("\t\n")) {
            out.append(text(text)).append('\n');
            return;
        }
        String body = text.replaceAll("\\n+$", "");
        int ends = text.length() - body.length();
        out.append('|').append(ends == 0 ? "-" : ends == 1 ? "" : "+").append('\n');
        for (String line : body.split("\n", -1)) {
            out.append(line.isEmpty() ? "" : " ".repeat(indent)).append(line).append('\n');
        }
        out.append("\n".repeat(Math.max(0, ends - 1)));
    }

    private static String text(String text) {
        boolean plain =
                PLAIN.matcher(text).matches() || PLAIN_WITH_COLON.matcher(text).matches();
        return plain && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT)) && text.length() < 200
                ? text
                : TextNode.valueOf(text).toString();
    }
}
