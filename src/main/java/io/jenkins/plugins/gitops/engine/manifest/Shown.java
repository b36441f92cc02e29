package io.jenkins.plugins.gitops.engine.manifest;

/** Text of a file in a message: short, and on one line. */
final class Shown {

    private static final int LENGTH = 80;

    private Shown() {}

    static String text(String text) {
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
    static String quoted(String text) {
        return "\"" + text(text) + "\"";
    }
}
