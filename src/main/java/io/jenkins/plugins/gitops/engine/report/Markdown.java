package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.util.List;

/** Text of others inside Markdown: it is shown as it is, and forms no markup, link, mention or reference. */
final class Markdown {

    /** Breaks mentions, references and addresses, which are looked for in the finished page and not in its source. */
    private static final String ZERO_WIDTH_SPACE = "&#8203;";

    private static final int MIN_FENCE = 3;

    private Markdown() {}

    /** As a part of a sentence, on one line. */
    static String prose(String text, int max) {
        String line = Printable.line(text, max);
        StringBuilder out = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (isPlain(c, i == 0 ? ' ' : line.charAt(i - 1))) {
                out.append(c);
            } else {
                out.append("&#").append((int) c).append(';');
                if (c == '@' || c == '#') {
                    out.append(ZERO_WIDTH_SPACE);
                }
            }
        }
        return out.toString();
    }

    /** No markup begins with it: ASCII punctuation can, apart from these inside a word. */
    private static boolean isPlain(char c, char before) {
        if (c > 0x7f || Character.isLetterOrDigit(c) || c == ' ') {
            return true;
        }
        boolean insideWord = Character.isLetter(before) && before != 'w';
        return insideWord && (c == '.' || c == ',' || c == '-' || c == '/');
    }

    /** As code, on one line. Not between backticks, since those mean nothing inside HTML and pipes do inside tables. */
    static String code(String text, int max) {
        return text.isEmpty() ? "" : "<code>" + prose(text, max) + "</code>";
    }

    /** As a block of code; each of the lines is printable. */
    static String fence(String language, List<String> lines) {
        int longest = MIN_FENCE - 1;
        for (String line : lines) {
            longest = Math.max(longest, longestRun(line));
        }
        String fence = "`".repeat(longest + 1);
        return fence + language + "\n" + String.join("\n", lines) + "\n" + fence + "\n";
    }

    private static int longestRun(String line) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < line.length(); i++) {
            run = line.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
