package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/** What stands in a file, in a message: short, and on one line. */
public final class Shown {

    private static final int LENGTH = 80;

    private Shown() {}

    public static String text(String text) {
        StringBuilder shown = new StringBuilder();
        int[] codePoints = text.codePoints().limit(LENGTH + 1L).toArray();
        for (int at = 0; at < codePoints.length; at++) {
            int c = codePoints[at];
            if (at == LENGTH) {
                return shown.append("...").toString();
            }
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> shown.append(String.format("\\u%04X", c));
                default -> shown.appendCodePoint(c);
            }
        }
        return shown.toString();
    }

    /** In double quotes. */
    public static String quoted(String text) {
        return "\"" + text(text) + "\"";
    }

    /** What a value is; numbers and booleans with their value. */
    public static String described(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case STRING -> "a string";
            case NUMBER -> "the number " + value.asText();
            case BOOLEAN -> "the boolean " + value.asText();
            default -> "empty (null)";
        };
    }
}
