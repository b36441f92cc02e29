package io.jenkins.plugins.gitops.engine.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * A field's path as the API server and we write it, such as {@code spec.containers[0].image},
 * {@code .spec.ports[port=80,protocol="TCP"].name} or {@code metadata.annotations[example.com/x]}.
 */
final class FieldPath {

    /**
     * One step.
     *
     * @param text a field's name, or what stood in the brackets without quotes around the whole
     * @param bracketed whether it stood in brackets
     */
    record Step(String text, boolean bracketed) {}

    private FieldPath() {}

    /** The steps of a path; whatever is not well formed is taken as it stands. */
    static List<Step> parse(String path) {
        List<Step> steps = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        int at = 0;
        while (at < path.length()) {
            char c = path.charAt(at);
            int close = c == '[' ? closing(path, at) : -1;
            if (close > 0) {
                flush(name, steps);
                steps.add(new Step(unquote(path.substring(at + 1, close)), true));
                at = close + 1;
            } else {
                if (c == '.') {
                    flush(name, steps);
                } else {
                    name.append(c);
                }
                at++;
            }
        }
        flush(name, steps);
        return steps;
    }

    /** The {@code key=value} pairs of a selector such as {@code port=80,protocol="TCP"}; empty where it is none. */
    static List<String[]> selector(String text) {
        List<String[]> pairs = new ArrayList<>();
        for (String pair : splitOutsideQuotes(text)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                return List.of();
            }
            pairs.add(new String[] {pair.substring(0, equals), unquote(pair.substring(equals + 1))});
        }
        return pairs;
    }

    private static void flush(StringBuilder name, List<Step> steps) {
        if (name.length() > 0) {
            steps.add(new Step(name.toString(), false));
            name.setLength(0);
        }
    }

    private static int closing(String path, int open) {
        boolean quoted = false;
        for (int i = open + 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted) {
                return i;
            }
        }
        return path.indexOf(']', open);
    }

    private static List<String> splitOutsideQuotes(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (text.charAt(i) == ',' && !quoted) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private static String unquote(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted && text.indexOf('"', 1) == text.length() - 1 ? text.substring(1, text.length() - 1) : text;
    }
}
