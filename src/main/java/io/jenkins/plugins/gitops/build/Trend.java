package io.jenkins.plugins.gitops.build;

import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many objects were drifted, pending and unhealthy in the last builds of a job, drawn as a bar for each build. */
public final class Trend {

    /** More bars than this cannot be told apart, nor clicked. */
    private static final int MAX_BUILDS = 50;

    /** Builds that ran no step are not in the trend, and are not looked for for ever. */
    private static final int MAX_LOOKED_AT = 200;

    /** Of the drawing, in its own units. */
    static final int HEIGHT = 120;

    private static final int STEP = 12;
    private static final int BAR = 9;
    private static final int MIN_WIDTH = 20 * STEP;

    private final List<Point> points;
    private final int highest;

    Trend(List<Point> points) {
        this.points = List.copyOf(points);
        this.highest = points.stream().mapToInt(Point::sum).max().orElse(0);
    }

    /** One build; of several steps for one app in it, the last counts. */
    public record Point(int build, List<AppResult> apps, int drifted, int pending, int unhealthy) {

        int sum() {
            return drifted + pending + unhealthy;
        }

        static Point of(int build, List<AppResult> results) {
            Map<String, AppResult> last = new LinkedHashMap<>();
            results.forEach(result -> last.put(result.getApp() + " " + result.getServer(), result));
            int drifted = 0;
            int pending = 0;
            int unhealthy = 0;
            for (AppResult result : last.values()) {
                drifted += result.getTotals().getDrifted();
                pending += result.getTotals().getPending();
                unhealthy += result.getTotals().getUnhealthy();
            }
            return new Point(build, List.copyOf(results), drifted, pending, unhealthy);
        }
    }

    /** A part of a build's bar. */
    public record Segment(String kind, int y, int height) {}

    /** A build's bar, ready to be drawn. */
    public record Bar(Point point, int x, List<Segment> segments) {

        /** {@code #12: 2 drifted, 0 pending, 1 not healthy}. */
        public String title() {
            return Messages.Trend_bar(
                    Integer.toString(point.build()), point.drifted(), point.pending(), point.unhealthy());
        }
    }

    static Trend of(Job<?, ?> job) {
        List<Point> points = new ArrayList<>();
        Run<?, ?> run = job.getLastBuild();
        for (int looked = 0; run != null && looked < MAX_LOOKED_AT && points.size() < MAX_BUILDS; looked++) {
            GitopsBuildAction action = run.getAction(GitopsBuildAction.class);
            if (action != null && !action.getApps().isEmpty()) {
                points.add(Point.of(run.getNumber(), action.getApps()));
            }
            run = run.getPreviousBuild();
        }
        Collections.reverse(points);
        return new Trend(points);
    }

    /** Oldest first. */
    public List<Point> getPoints() {
        return points;
    }

    /** Newest first. */
    public List<Point> getNewest() {
        List<Point> newest = new ArrayList<>(points);
        Collections.reverse(newest);
        return newest;
    }

    /** The most objects in trouble in one build; 0 where there never was one. */
    public int getHighest() {
        return highest;
    }

    public int getWidth() {
        return Math.max(MIN_WIDTH, points.size() * STEP);
    }

    public int getHeight() {
        return HEIGHT;
    }

    public int getBarWidth() {
        return BAR;
    }

    public List<Bar> getBars() {
        List<Bar> bars = new ArrayList<>();
        int x = 0;
        for (Point point : points) {
            bars.add(new Bar(point, x, segments(point)));
            x += STEP;
        }
        return bars;
    }

    private List<Segment> segments(Point point) {
        List<Segment> segments = new ArrayList<>();
        int bottom = HEIGHT;
        bottom = stack(segments, "unhealthy", point.unhealthy(), bottom);
        bottom = stack(segments, "drifted", point.drifted(), bottom);
        bottom = stack(segments, "pending", point.pending(), bottom);
        if (segments.isEmpty()) {
            segments.add(new Segment("none", HEIGHT - 2, 2));
        }
        return segments;
    }

    private int stack(List<Segment> segments, String kind, int number, int bottom) {
        if (number == 0) {
            return bottom;
        }
        int height = Math.max(2, (int) ((long) number * HEIGHT / highest));
        int top = Math.max(0, bottom - height);
        segments.add(new Segment(kind, top, bottom - top));
        return top;
    }
}
