package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import java.io.StringWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report as JUnit XML, for whatever counts test results: a suite per app, a case per object
 * ({@code classname=namespace.Kind}), a case per problem and one for the run. A case fails where the object is not what
 * Git declares at the end of the run, or is not healthy; what a sync has put right passes.
 */
public final class JUnitReport {

    private static final int MAX_TEXT = 20_000;
    private static final int MAX_NAME = 600;

    private static final String SKIPPED = "skipped";

    private final Report report;
    private final StringWriter text = new StringWriter();
    private XMLStreamWriter xml;

    private JUnitReport(Report report) {
        this.report = report;
    }

    /** The XML, in UTF-8 when it is written. */
    public static String xml(Report report) {
        try {
            return new JUnitReport(report).write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes every text", e);
        }
    }

    /**
     * A test case.
     *
     * @param type what kind of failure, or {@link #SKIPPED}; {@code null} where it passed
     * @param message why it failed or was skipped
     * @param detail text about it
     */
    private record Case(
            String classname, String name, SourceLocation location, String type, String message, String detail) {}

    private String write() throws XMLStreamException {
        List<Case> cases = new ArrayList<>();
        cases.add(run());
        report.problems().forEach(problem -> cases.add(problem(problem)));
        report.objects().forEach(object -> cases.add(object(object)));
        long skipped = cases.stream().filter(c -> SKIPPED.equals(c.type())).count();
        long failures = cases.stream().filter(c -> c.type() != null).count() - skipped;
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        totals(cases.size(), failures, skipped);
        line();
        xml.writeStartElement("testsuite");
        totals(cases.size(), failures, skipped);
        attribute(
                "timestamp", report.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        line();
        for (Case one : cases) {
            write(one);
        }
        xml.writeEndElement();
        line();
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
        xml.flush();
        return text.toString();
    }

    private void totals(int tests, long failures, long skipped) throws XMLStreamException {
        attribute("name", report.app());
        attribute("tests", Integer.toString(tests));
        attribute("failures", Long.toString(failures));
        attribute("errors", "0");
        attribute("skipped", Long.toString(skipped));
        attribute("time", seconds(report.duration()));
    }

    /** There even where there is no object, so that a cluster that cannot be reached is no empty success. */
    private Case run() {
        String name = report.command().name().toLowerCase(Locale.ROOT);
        String detail = Words.totals(report) + (report.message().isEmpty() ? "" : "\n" + report.message());
        boolean failed = report.status() != Status.IN_SYNC;
        String message = Words.verdict(report) + (report.message().isEmpty() ? "" : ": " + report.message());
        return new Case(
                "gitops." + report.app(), name, null, failed ? Spelling.of(report.status()) : null, message, detail);
    }

    private Case problem(Problem problem) {
        String where =
                problem.location() == null ? report.app() : problem.location().toString();
        return new Case(
                "problems",
                where + ": " + problem.message().lines().findFirst().orElse(""),
                problem.location(),
                problem.isError() ? "Invalid" : null,
                problem.message(),
                problem.toString());
    }

    private Case object(ObjectReport object) {
        String namespace =
                object.id().namespace().isEmpty() ? "cluster" : object.id().namespace();
        List<String> lines = new ArrayList<>();
        lines.add(object.id() + ": " + reason(object));
        if (object.source() != null) {
            lines.add("    declared in " + object.source());
        }
        if (object.unhealthy()) {
            object.health().details().forEach(line -> lines.add("    " + line));
        }
        lines.addAll(new TextFields(Style.PLAIN, report.finishedAt()).lines(object));
        return new Case(
                namespace + "." + object.id().kind(),
                object.id().name(),
                object.source(),
                type(object),
                reason(object),
                Section.of(report, object) == Section.UNCHANGED ? "" : String.join("\n", lines));
    }

    private String type(ObjectReport object) {
        if (object.result() == Result.FAILED) {
            return "Failed";
        }
        if (report.notReached(object)) {
            return SKIPPED;
        }
        // A sync has put right what differed, or has left it as it was asked to.
        if (object.cause() != null && !report.writes() && object.action() != Action.KEEP) {
            return object.cause() == Cause.DRIFT ? "Drift" : "Pending";
        }
        return object.unhealthy() ? "Unhealthy" : null;
    }

    private String reason(ObjectReport object) {
        List<String> parts = new ArrayList<>();
        parts.add(Words.action(report, object));
        parts.add(Words.cause(object));
        parts.add(Words.illness(object));
        int fields = object.fields().size() + object.additions().size();
        parts.add(fields == 0 ? "" : Words.plural(fields, "field"));
        parts.removeIf(String::isEmpty);
        return String.join(", ", parts) + (object.message().isEmpty() ? "" : ": " + object.message());
    }

    private void write(Case one) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", Printable.cut(one.classname(), MAX_NAME));
        attribute("name", Printable.cut(one.name(), MAX_NAME));
        if (one.location() != null) {
            attribute("file", one.location().file());
            if (one.location().line() > 0) {
                attribute("line", Integer.toString(one.location().line()));
            }
        }
        attribute("time", "0");
        if (SKIPPED.equals(one.type())) {
            xml.writeEmptyElement("skipped");
            attribute("message", Printable.cut(one.message(), MAX_NAME));
        } else if (one.type() != null) {
            xml.writeStartElement("failure");
            attribute("type", one.type());
            attribute("message", Printable.cut(one.message(), MAX_NAME));
            xml.writeCharacters(valid(Printable.cut(one.detail(), MAX_TEXT)));
            xml.writeEndElement();
        } else if (!one.detail().isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(valid(Printable.cut(one.detail(), MAX_TEXT)));
            xml.writeEndElement();
        }
        xml.writeEndElement();
        line();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, valid(value));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", Math.max(0, duration.toMillis()) / 1000.0);
    }

    /** XML 1.0 knows no control characters, half surrogate pairs or non-characters, not even as references. */
    private static String valid(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n'
                        || c == '\t'
                        || (c >= 0x20 && c <= 0xd7ff)
                        || (c >= 0xe000 && c <= 0xfffd)
                        || c > 0xffff)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
