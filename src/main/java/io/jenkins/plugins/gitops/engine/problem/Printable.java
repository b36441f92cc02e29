package io.jenkins.plugins.gitops.engine.problem;

import java.util.Locale;

/**
 * Text of others (names, annotations, a server's errors, commit subjects), made fit to be looked at: nothing in it
 * moves the cursor, colours a terminal, turns the reading direction round or hides itself.
 */
public final class Printable {

    private Printable() {}

    /** On one line: control characters, line ends, tabs and invisible formatting are written as escapes. */
    public static String line(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int length = Character.charCount(c);
            if (isHidden(c)) {
                if (out == null) {
                    out = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                appendEscape(out, c);
            } else if (out != null) {
                out.appendCodePoint(c);
            }
            i += length;
        }
        return out == null ? text : out.toString();
    }

    /** Whether a reader would not see the character, or would see others in a wrong place because of it. */
    public static boolean isHidden(int c) {
        if ((c & 0xfffe) == 0xfffe) {
            return true; // No character at all, and none that XML may hold.
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> !joinsEmoji(c);
            default -> false;
        };
    }

    /** The zero-width joiner and non-joiner are letters' business in several scripts, and in emoji. */
    private static boolean joinsEmoji(int c) {
        return c == 0x200c || c == 0x200d;
    }

    private static void appendEscape(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        }
    }

    /** At most {@code max} characters of it, with a note that says how long it is. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, boundary(text, max)) + "... (" + count(text.length()) + " characters)";
    }

    /** {@link #line} of a text that may be very long. */
    public static String line(String text, int max) {
        return text.length() <= max
                ? line(text)
                : line(text.substring(0, boundary(text, max))) + "... (" + count(text.length()) + " characters)";
    }

    /** The index, or the one before it where it would part a pair of surrogates. */
    public static int boundary(String text, int index) {
        boolean parts = index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
        return parts ? index - 1 : index;
    }

    /** {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
