package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.xpath.XPathExpressionException;
import org.junit.Test;
import org.w3c.dom.Element;

public class HtmlReportTest {

    private static final Set<String> ELEMENTS = Set.of(
            "html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "div", "h1", "h2",
            "p", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "pre",
            "code", "span", "b", "i", "strong", "br", "wbr", "time", "svg", "rect");

    /** None of them fetches, runs, links or styles. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "class",
            "aria-hidden",
            "preserveAspectRatio",
            "viewBox",
            "datetime",
            "scope",
            "colspan",
            "align",
            "valign",
            "nowrap",
            "border",
            "cellpadding",
            "cellspacing",
            "title",
            "open",
            "width",
            "height",
            "x",
            "y",
            "rx",
            "fill",
            "fill-opacity");

    @Test
    public void theBannerSaysHowItEndedInWords() throws XPathExpressionException {
        assertEquals("\u2713 In sync", Page.of(Reports.inSync()).text("//h1"));
        assertEquals("\u2260 Out of sync", Page.of(Reports.drifted()).text("//h1"));
        assertEquals("\u2717 Invalid", Page.of(Reports.invalid()).text("//h1"));
        assertEquals("\u2717 Failed", Page.of(Reports.failed()).text("//h1"));
        assertEquals("\u2717 Not healthy", Page.of(Reports.unhealthy()).text("//h1"));
        assertEquals("! Refused", Page.of(Reports.refused()).text("//h1"));
        assertEquals("\u25a0 Aborted", Page.of(Reports.aborted()).text("//h1"));
        assertEquals(
                "4 objects drifted, and 1 is pending.",
                Page.of(Reports.drifted()).text("//header/p[@class='why']"));
    }

    @Test
    public void theTotalsAreCounted() throws XPathExpressionException {
        assertEquals(
                List.of(
                        "4 drifted",
                        "1 pending",
                        "1 to create",
                        "4 to update",
                        "0 to prune",
                        "1 not healthy",
                        "1 kept",
                        "34 unchanged"),
                Page.of(Reports.drifted()).texts("//ul[@class='counters']/li"));
    }

    @Test
    public void whatRanIsNamed() throws XPathExpressionException {
        Page page = Page.of(Reports.drifted());
        List<String> facts = page.texts("//dl/dd");
        assertTrue(facts.get(0), facts.get(0).startsWith(Reports.COMMIT + " on main"));
        assertTrue(facts.get(0), facts.get(0).contains("Keep three replicas of the shop's web server"));
        assertTrue(facts.get(0), facts.get(0).endsWith("by Platform team, 2026-03-04 09:58:00 UTC"));
        assertEquals(Reports.LAST, facts.get(1));
        assertEquals("https://git.example.org/platform/config.git", facts.get(2));
        assertEquals("apps/shop", facts.get(3));
        assertTrue(facts.get(4), facts.get(4).startsWith("production https://10.0.0.1:6443"));
        assertTrue(facts.get(4), facts.get(4).contains("Kubernetes v1.36.3, namespace shop, 87 requests"));
        assertEquals("this commit", Page.of(Reports.inSync()).texts("//dl/dd").get(1));
    }

    @Test
    public void driftComesFirstWithWhoAndWhenAndBothValues() throws XPathExpressionException {
        Page page = Page.of(Reports.drifted());
        assertEquals(
                List.of(
                        "What ran",
                        "Where the time went",
                        "Drift (4)",
                        "To be changed (1)",
                        "Left as they are (1)",
                        "Unchanged (34)",
                        "Ignored, since a rule says so"),
                page.texts("//h2"));
        String row = "//section[@class='drift']//tr[th='spec.replicas']/td";
        assertEquals(List.of("5", "3", "kubectl-scale2026-03-04 10:01:17 UTC"), page.texts(row));
        assertTrue(page.texts("//section[@class='drift']//tr[@class='object']").stream()
                .anyMatch(text -> text.contains("Deployment shop/web") && text.contains("apps/shop/web.yaml:12:1")));
        assertTrue(page.texts("//section[@class='drift']//td").contains("deleted in the cluster"));
        assertTrue(page.texts("//section[@class='drift']//td").contains("not declared; a sync leaves it"));
    }

    @Test
    public void aTextOfManyLinesShowsThoseThatChanged() throws XPathExpressionException {
        assertEquals(
                List.of(
                        "2 - worker_processes 1;",
                        "2 + worker_processes auto;",
                        "33 - events { worker_connections 512; }",
                        "33 + events { worker_connections 1024; }"),
                Page.of(Reports.drifted()).texts("//section[@class='drift']//pre/span"));
    }

    @Test
    public void problemsNameTheirPlace() throws XPathExpressionException {
        Page page = Page.of(Reports.invalid());
        assertEquals(
                List.of(
                        "error",
                        "apps/shop/web.yaml:23:9",
                        "Deployment web: \"replcas\" is no field of DeploymentSpecdid you mean \"replicas\"?"),
                page.texts("//section[h2='Problems (4)']//tbody/tr[1]/td"));
    }

    @Test
    public void phasesAndHealthAreShown() throws XPathExpressionException {
        Page page = Page.of(Reports.unhealthy());
        assertEquals(List.of("health9.2 s"), page.texts("//table[@class='timeline']//tr[th='health']"));
        assertTrue(page.text("//section[h2='Not healthy (2)']").contains("CrashLoopBackOff"));
    }

    @Test
    public void nothingFromOutsideBecomesMarkup() throws XPathExpressionException {
        for (Map.Entry<String, Report> sample : Reports.all().entrySet()) {
            Page page = Page.of(sample.getValue());
            Set<String> elements = new TreeSet<>();
            Set<String> attributes = new TreeSet<>();
            for (Element element : page.elements("//*")) {
                elements.add(element.getTagName());
                for (int i = 0; i < element.getAttributes().getLength(); i++) {
                    attributes.add(element.getAttributes().item(i).getNodeName());
                }
            }
            elements.removeAll(ELEMENTS);
            attributes.removeAll(ATTRIBUTES);
            assertEquals(sample.getKey(), Set.of(), elements);
            assertEquals(sample.getKey(), Set.of(), attributes);
        }
        String html = HtmlReport.page(Reports.hostile());
        assertFalse(html.contains(Reports.MARKUP));
        assertTrue(
                "it is shown as the text that it is",
                Page.of(Reports.hostile()).text("//h1/..").contains(Reports.MARKUP));
        assertFalse("nothing turns the reading direction", html.contains("\u202e"));
    }

    @Test
    public void thePageForbidsEverythingButItsOwnStyle() throws Exception {
        Page page = Page.of(Reports.drifted());
        String html = HtmlReport.page(Reports.drifted());
        String css = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(digest)
                        + "'; base-uri 'none'; form-action 'none'",
                page.elements("//meta[@http-equiv]").get(0).getAttribute("content"));
        assertFalse("the style sheet fetches nothing", css.contains("url(") || css.contains("@import"));
    }

    @Test
    public void thousandsOfUnchangedObjectsStaySmallAndClosed() throws XPathExpressionException {
        String html = HtmlReport.page(Reports.large(5_000));
        assertTrue("has " + html.length() + " characters", html.length() < 150_000);
        Page page = Page.of(Reports.large(5_000));
        Element details =
                page.elements("//section[h2='Unchanged (5,000)']/details").get(0);
        assertFalse(details.hasAttribute("open"));
        assertTrue(details.getTextContent().contains("part-4999"));
    }

    @Test
    public void thousandsOfDriftedObjectsDoNotMakeAHugePage() {
        FieldChange field =
                Reports.drift("data.x", Reports.text("x".repeat(100_000)), Reports.text("y"), "kubectl-edit", 9);
        List<ObjectReport> objects = IntStream.range(0, 5_000)
                .mapToObj(i -> Reports.object(
                        "",
                        "ConfigMap",
                        "c" + i,
                        Action.UPDATE,
                        Result.PLANNED,
                        Cause.DRIFT,
                        List.of(field, field),
                        null,
                        ""))
                .toList();
        String html = HtmlReport.page(Reports.report(Command.DRIFT, Status.OUT_OF_SYNC, "", objects, List.of()));
        assertTrue("has " + html.length() + " characters", html.length() < 4_000_000);
        assertTrue(html.contains("2 fields more: see report.json"));
        assertTrue(html.contains("2,000 objects more: see report.json"));
    }

    @Test
    public void aLongValueIsCutWithItsLength() throws XPathExpressionException {
        String same = "x".repeat(5_000);
        ObjectReport object = Reports.object(
                "",
                "ConfigMap",
                "c",
                Action.UPDATE,
                Result.PLANNED,
                Cause.DRIFT,
                List.of(Reports.drift("data.x", Reports.text(same + "1"), Reports.text(same + "2"), null, 9)),
                null,
                "");
        Page page = Page.of(Reports.report(Command.DRIFT, Status.OUT_OF_SYNC, "", List.of(object), List.of()));
        List<String> values = page.texts("//tr[th='data.x']/td");
        assertTrue(values.get(0), values.get(0).endsWith("x1 (5,001 characters)"));
        assertTrue(values.get(1), values.get(1).endsWith("x2 (5,001 characters)"));
        assertTrue(values.get(0).length() < 300);
    }

    @Test
    public void everyTableTellsReadersWhatItsCellsBelongTo() throws XPathExpressionException {
        for (Report report : Reports.all().values()) {
            Page page = Page.of(report);
            assertEquals(1, page.elements("//h1").size());
            List<String> unscoped = new ArrayList<>();
            for (Element header : page.elements("//th[not(@scope)]")) {
                unscoped.add(header.getTextContent());
            }
            assertEquals(List.of(), unscoped);
            assertEquals(
                    "the page names its language",
                    "en",
                    page.elements("/html").get(0).getAttribute("lang"));
        }
    }

    @Test
    public void aRunThatNeverCameToTheClusterHasAPageToo() throws XPathExpressionException {
        Page page = Page.of(Reports.unreachable());
        assertTrue(page.text("//header").contains("cannot be reached: connection refused"));
        assertEquals(List.of(), page.texts("//table"));
    }

    @Test
    public void theOrderIsATableWithTimes() throws Exception {
        Page page = Page.of(Reports.ordered());
        assertEquals(
                List.of("PreSync hook", "wave -1", "wave 0", "PostSync hook", "prune"),
                page.texts("//section[h2='Order']//tbody/tr/th"));
        assertEquals(
                List.of("Job/shop/migrate", "3 objects", "2 objects", "Job/shop/check", "4 objects"),
                page.texts("//section[h2='Order']//tbody/tr/td[1]"));
        assertEquals("done in 4.2 s", page.text("//section[h2='Order']//tbody/tr[1]/td[2]"));
        assertEquals("not reached", page.text("//section[h2='Order']//tbody/tr[4]/td[2]"));
    }
}
