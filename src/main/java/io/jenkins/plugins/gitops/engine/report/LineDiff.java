package io.jenkins.plugins.gitops.engine.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/**
 * What differs between two texts, line by line: the changed lines, and as many around them as are asked for.
 *
 * @param lines what to show
 * @param changed how many lines differ in all; of lines that replace each other, both sides count
 * @param leftOut how many changed lines are not among {@code lines}
 */
public record LineDiff(List<Line> lines, int changed, int leftOut) {

    /** Above this many lines a side, what lies between the common beginning and the common end is not looked into. */
    private static final int MAX_COMPARED = 2_000;

    /**
     * One line.
     *
     * @param sign {@code -} live, {@code +} desired, a space for a line around them
     * @param number its number on its side, counted from 1; 0 where it is a note and no line
     */
    public record Line(char sign, int number, String text) {

        /** The line with its sign in front of it, as {@code diff} writes it. */
        @Override
        public String toString() {
            return sign + " " + text;
        }
    }

    /**
     * @param context how many unchanged lines to show around the changed ones
     * @param max how many lines to show
     */
    public static LineDiff between(List<String> live, List<String> desired, int context, int max) {
        Collector found = new Collector(max);
        EditList edits = edits(live, desired);
        int shown = 0;
        for (int i = 0; i < edits.size(); i++) {
            Edit edit = edits.get(i);
            int from = Math.max(shown, edit.getBeginA() - context);
            if (context > 0 && i > 0 && from > shown) {
                found.add(new Line(' ', 0, "..."));
            }
            found.addAll(' ', live, from, edit.getBeginA());
            found.addAll('-', live, edit.getBeginA(), edit.getEndA());
            found.addAll('+', desired, edit.getBeginB(), edit.getEndB());
            int next = i + 1 < edits.size() ? edits.get(i + 1).getBeginA() : live.size();
            shown = Math.min(next, edit.getEndA() + context);
            found.addAll(' ', live, edit.getEndA(), shown);
        }
        return new LineDiff(List.copyOf(found.lines), found.changed, found.leftOut);
    }

    private static EditList edits(List<String> live, List<String> desired) {
        RawText a = raw(live);
        RawText b = raw(desired);
        if (live.size() > MAX_COMPARED || desired.size() > MAX_COMPARED) {
            Edit middle = RawTextComparator.DEFAULT.reduceCommonStartEnd(a, b, new Edit(0, a.size(), 0, b.size()));
            EditList edits = new EditList();
            if (!middle.isEmpty()) {
                edits.add(middle);
            }
            return edits;
        }
        HistogramDiff diff = new HistogramDiff();
        // Where lines repeat without end, Myers' algorithm would take quadratic time for a nicer answer.
        diff.setFallbackAlgorithm(null);
        return diff.diff(RawTextComparator.DEFAULT, a, b);
    }

    private static RawText raw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return new RawText(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static final class Collector {
        private final int max;
        private final List<Line> lines = new ArrayList<>();
        private int changed;
        private int leftOut;

        Collector(int max) {
            this.max = max;
        }

        void addAll(char sign, List<String> text, int from, int to) {
            for (int i = from; i < to; i++) {
                add(new Line(sign, i + 1, text.get(i)));
            }
        }

        void add(Line line) {
            boolean isChange = line.sign() != ' ';
            changed += isChange ? 1 : 0;
            if (lines.size() < max) {
                lines.add(line);
            } else {
                leftOut += isChange ? 1 : 0;
            }
        }
    }
}
