package io.jenkins.plugins.gitops.engine.report;

/**
 * How text is written to a terminal or a log. What a report says is the same in every style.
 *
 * @param color whether ANSI escape sequences colour it
 * @param relativeTimes whether times are told as {@code 3 min ago}, for somebody who looks on, or in UTC, for a log
 *     that is read later
 */
public record Style(boolean color, boolean relativeTimes) {

    /** For logs and pipes. */
    public static final Style PLAIN = new Style(false, false);

    /** For a person at a terminal. */
    public static final Style TERMINAL = new Style(true, true);

    enum Color {
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        MAGENTA("35"),
        CYAN("36");

        private final String code;

        Color(String code) {
            this.code = code;
        }
    }

    String paint(Color color, String text) {
        return this.color && !text.isEmpty() ? "\u001b[" + color.code + "m" + text + "\u001b[0m" : text;
    }
}
