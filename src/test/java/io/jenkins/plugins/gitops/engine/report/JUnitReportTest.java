package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathExpressionException;
import org.junit.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

public class JUnitReportTest {

    @Test
    public void theFormIsTheOneThatReadersKnow() throws IOException {
        Golden.assertMatches("failed.junit.xml", JUnitReport.xml(Reports.failed()));
    }

    @Test
    public void everyReportIsWhatReadersExpect() throws IOException, SAXException {
        Schema schema = SchemaFactory.newDefaultInstance().newSchema(JUnitReportTest.class.getResource("junit.xsd"));
        for (Map.Entry<String, Report> sample : Reports.all().entrySet()) {
            try {
                schema.newValidator().validate(source(JUnitReport.xml(sample.getValue())));
            } catch (SAXException e) {
                throw new AssertionError(sample.getKey(), e);
            }
        }
        String xml = JUnitReport.xml(Reports.failed());
        for (String wrong : List.of(xml.replace(" classname=", " class="), xml.replace(" errors=\"0\"", ""))) {
            assertThrows(SAXException.class, () -> schema.newValidator().validate(source(wrong)));
        }
    }

    private static Source source(String xml) {
        return new StreamSource(new StringReader(xml));
    }

    @Test
    public void driftedAndPendingAndUnhealthyObjectsFail() throws XPathExpressionException {
        Page drift = page(Reports.drifted());
        assertEquals(Set.of("nginx", "login", "metrics", "web", "drift"), names(drift, "//testcase[failure]"));
        assertEquals(
                "Drift",
                drift.elements("//testcase[@classname='shop.Secret']/failure")
                        .get(0)
                        .getAttribute("type"));
        assertEquals(
                "Pending",
                drift.elements("//testcase[@classname='shop.Ingress']/failure")
                        .get(0)
                        .getAttribute("type"));
        String text = drift.text("//testcase[@classname='shop.Deployment']/failure");
        assertTrue(text, text.contains("~ spec.replicas: 5 -> 3  by kubectl-scale, 2026-03-04 10:01:17 UTC"));
        assertEquals(Set.of("web", "db", "sync"), names(page(Reports.unhealthy()), "//testcase[failure]"));
    }

    @Test
    public void whatASyncHasPutRightPasses() throws XPathExpressionException {
        Page page = page(Reports.inSync());
        assertEquals(Set.of(), names(page, "//testcase[failure]"));
        assertTrue(page.text("//testcase[@name='web']/system-out").contains("drift corrected"));
    }

    @Test
    public void whatWasNotReachedIsSkipped() throws XPathExpressionException {
        assertEquals(Set.of("web"), names(page(Reports.failed()), "//testcase[skipped]"));
    }

    @Test
    public void problemsFailWithTheirPlace() throws XPathExpressionException {
        Element first = page(Reports.invalid())
                .elements("//testcase[@classname='problems']")
                .get(0);
        assertEquals("apps/shop/web.yaml", first.getAttribute("file"));
        assertEquals("23", first.getAttribute("line"));
        assertTrue(first.getAttribute("name").startsWith("apps/shop/web.yaml:23:9: Deployment web"));
        assertEquals(1, first.getElementsByTagName("failure").getLength());
        assertEquals(
                3,
                page(Reports.invalid())
                        .elements("//testcase[@classname='problems'][failure]")
                        .size());
    }

    @Test
    public void aClusterThatCannotBeReachedIsNoEmptySuccess() throws XPathExpressionException {
        Page page = page(Reports.unreachable());
        assertEquals("1", page.elements("//testsuite").get(0).getAttribute("failures"));
        assertTrue(page.text("//failure").contains("connection refused"));
    }

    @Test
    public void everyReportIsValidAndItsNumbersAddUp() throws XPathExpressionException {
        for (Map.Entry<String, Report> sample : Reports.all().entrySet()) {
            Page page = page(sample.getValue());
            Element suite = page.elements("/testsuites/testsuite").get(0);
            assertEquals(sample.getKey(), count(page, "//testcase"), suite.getAttribute("tests"));
            assertEquals(sample.getKey(), count(page, "//testcase[failure]"), suite.getAttribute("failures"));
            assertEquals(sample.getKey(), count(page, "//testcase[skipped]"), suite.getAttribute("skipped"));
            List<Element> nameless = page.elements("//testcase[@name='' or @classname='']");
            assertEquals(sample.getKey(), List.of(), nameless);
        }
    }

    private static Page page(Report report) {
        return Page.parse(JUnitReport.xml(report));
    }

    private static Set<String> names(Page page, String path) throws XPathExpressionException {
        Set<String> names = new TreeSet<>();
        page.elements(path).forEach(testcase -> names.add(testcase.getAttribute("name")));
        return names;
    }

    private static String count(Page page, String path) throws XPathExpressionException {
        return Integer.toString(page.elements(path).size());
    }
}
