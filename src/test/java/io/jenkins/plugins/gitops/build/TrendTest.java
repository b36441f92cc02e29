package io.jenkins.plugins.gitops.build;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class TrendTest {

    private static Trend.Point point(int build, int drifted, int pending, int unhealthy) {
        return new Trend.Point(build, List.of(), drifted, pending, unhealthy);
    }

    @Test
    public void theHighestBarFillsTheDrawing() {
        Trend trend = new Trend(List.of(point(1, 1, 0, 0), point(2, 2, 1, 1)));
        assertEquals(4, trend.getHighest());
        List<Trend.Segment> highest = trend.getBars().get(1).segments();
        assertEquals(
                Trend.HEIGHT, highest.stream().mapToInt(Trend.Segment::height).sum());
        assertEquals(0, highest.get(2).y());
        assertEquals(
                List.of("unhealthy", "drifted", "pending"),
                highest.stream().map(Trend.Segment::kind).toList());
    }

    @Test
    public void barsStayInTheDrawingHoweverUnequalTheyAre() {
        Trend trend = new Trend(List.of(point(1, 100_000, 1, 1), point(2, 1, 0, 0), point(3, 0, 0, 0)));
        for (Trend.Bar bar : trend.getBars()) {
            assertTrue(bar.x() >= 0 && bar.x() + trend.getBarWidth() <= trend.getWidth());
            for (Trend.Segment segment : bar.segments()) {
                assertTrue(
                        segment.toString(),
                        segment.y() >= 0 && segment.height() >= 0 && segment.y() + segment.height() <= Trend.HEIGHT);
            }
        }
        assertEquals("none", trend.getBars().get(2).segments().get(0).kind());
    }

    @Test
    public void manyBuildsDoNotOverlap() {
        List<Trend.Point> points = new ArrayList<>();
        for (int build = 1; build <= 50; build++) {
            points.add(point(build, build % 3, 0, 0));
        }
        List<Trend.Bar> bars = new Trend(points).getBars();
        for (int i = 1; i < bars.size(); i++) {
            assertTrue(bars.get(i).x() >= bars.get(i - 1).x() + new Trend(points).getBarWidth());
        }
    }

    @Test
    public void aBarSaysItsNumbers() {
        assertEquals(
                "#1234: 2 drifted, 0 pending, 1 not healthy",
                new Trend(List.of(point(1234, 2, 0, 1))).getBars().get(0).title());
    }
}
