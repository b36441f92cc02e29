package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.Test;

public class MarkdownReportTest {

    private static final Pattern FENCED = Pattern.compile("(?ms)^(`{3,})diff$.*?^\\1$");

    @Test
    public void aDriftCheckReadsWell() throws IOException {
        Golden.assertMatches("out-of-sync.md", MarkdownReport.markdown(Reports.drifted()));
    }

    @Test
    public void anInvalidChangeNamesItsProblems() throws IOException {
        Golden.assertMatches("invalid.md", MarkdownReport.markdown(Reports.invalid()));
    }

    @Test
    public void nothingFromOutsideBecomesMarkup() {
        String text = MarkdownReport.markdown(Reports.hostile());
        String outsideFences = FENCED.matcher(text).replaceAll("");
        assertEquals("two diffs are fenced", 2, FENCED.matcher(text).results().count());
        String markup =
                outsideFences.replaceAll("</?(code|details|summary)>|<br>", "").replaceAll("&#\\d+;", "?");
        for (String live :
                List.of("<", ">", "`", "@team", "@", "#1", "[x]", "](", "|x", "javascript:", "\u202e", "\u001b")) {
            assertFalse(
                    live + " is live in:\n" + markup, markup.replace("### ", "").contains(live));
        }
        // Each row of a table has the cells of its head: no pipe of a text is one of the table's.
        assertTrue(outsideFences.lines().filter(line -> line.startsWith("| ")).allMatch(row -> {
            long pipes = row.chars().filter(c -> c == '|').count();
            return pipes == 4 || pipes == 5;
        }));
        assertTrue("mentions are broken", outsideFences.contains("&#64;&#8203;team"));
    }

    @Test
    public void aFenceIsLongerThanAnyInsideIt() {
        String fence = Markdown.fence("diff", List.of("+ ````", "- ``` x"));
        assertTrue(fence, fence.startsWith("`````diff\n"));
        assertTrue(fence, fence.endsWith("\n`````\n"));
    }

    @Test
    public void aLargeReportFitsAndSaysWhatIsLeftOut() {
        var field = Reports.drift("data.x", Reports.text("x".repeat(5_000)), Reports.text("y"), "kubectl-edit", 9);
        List<ObjectReport> objects = IntStream.range(0, 5_000)
                .mapToObj(i -> Reports.object(
                        "", "ConfigMap", "c" + i, Action.UPDATE, Result.PLANNED, Cause.DRIFT, List.of(field), null, ""))
                .toList();
        List<Problem> problems = IntStream.range(0, 5_000)
                .mapToObj(i -> Problem.error(null, "problem " + i, ""))
                .toList();
        String text = MarkdownReport.markdown(Reports.report(Command.DRIFT, Status.OUT_OF_SYNC, "", objects, problems));
        assertTrue("has " + text.length(), text.length() <= 60_000);
        assertTrue("uses what it may use", text.length() > 55_000);
        long rows = text.lines()
                .filter(line -> line.startsWith("| <code>ConfigMap"))
                .count();
        long diffs = text.lines().filter(line -> line.startsWith("<details>")).count();
        assertTrue("some diffs are in it", diffs > 10);
        String last = text.substring(text.lastIndexOf("Left out here"));
        assertTrue(last, last.contains(Printable.count(5_000 - rows) + " objects"));
        assertTrue(last, last.contains(Printable.count(5_000 - diffs) + " diffs"));
        assertTrue(last, last.contains(" problems"));
        assertEquals(
                "every fence is closed",
                0,
                text.lines().filter(line -> line.startsWith("```")).count() % 2);
    }

    @Test
    public void theWorstHeadingStillFits() {
        assertTrue(MarkdownReport.markdown(Reports.hostile(), 20_000).length() <= 20_000);
        assertThrows(IllegalArgumentException.class, () -> MarkdownReport.markdown(Reports.hostile(), 1_000));
    }

    @Test
    public void unchangedObjectsAreANumberOnly() {
        String text = MarkdownReport.markdown(Reports.large(5_000));
        assertTrue(text.contains("**5,000** unchanged"));
        assertFalse(text.contains("part-17"));
    }
}
