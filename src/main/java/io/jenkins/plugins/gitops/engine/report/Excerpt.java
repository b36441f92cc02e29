package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.problem.Printable;

/**
 * Two values, cut to a width so that what differs between them is still to be seen: where they begin alike, the common
 * beginning is what goes.
 */
record Excerpt(String first, String second) {

    /** What is left of the common beginning, so that one sees where one is. */
    private static final int CONTEXT = 12;

    private static final String GAP = "...";

    /**
     * @param width characters to keep of each; a note on the length comes behind them
     */
    static Excerpt of(String first, String second, int width) {
        int longest = Math.max(first.length(), second.length());
        if (longest <= width) {
            return new Excerpt(Printable.line(first), Printable.line(second));
        }
        if (first.isEmpty() || second.isEmpty()) {
            return new Excerpt(cut(first, 0, width), cut(second, 0, width));
        }
        int common = 0;
        int shortest = Math.min(first.length(), second.length());
        while (common < shortest && first.charAt(common) == second.charAt(common)) {
            common++;
        }
        // Only as much of the common beginning goes as must go.
        int from = Math.min(Math.max(0, common - CONTEXT), longest - width);
        return new Excerpt(cut(first, from, width), cut(second, from, width));
    }

    private static String cut(String text, int from, int width) {
        int start = Printable.boundary(text, Math.min(from, text.length()));
        int end = Printable.boundary(text, Math.min(text.length(), start + width));
        StringBuilder out = new StringBuilder();
        out.append(start > 0 ? GAP : "").append(Printable.line(text.substring(start, end)));
        if (end < text.length()) {
            out.append(GAP);
        }
        if (start > 0 || end < text.length()) {
            out.append(" (").append(Printable.count(text.length())).append(" characters)");
        }
        return out.toString();
    }
}
