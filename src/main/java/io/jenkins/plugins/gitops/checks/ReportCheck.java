package io.jenkins.plugins.gitops.checks;

import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationBuilder;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationLevel;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.gitops.build.ReportListener;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.report.FieldView;
import io.jenkins.plugins.gitops.engine.report.MarkdownReport;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** One check for each step and app: verdict, totals, the report, and what there is to say of single lines of files. */
@OptionalExtension(requirePlugins = "checks-api")
public final class ReportCheck implements ReportListener {

    /** As many as GitHub takes at once. */
    static final int MAX_ANNOTATIONS = 50;

    /** What GitHub takes of an annotation: otherwise it refuses the whole check. */
    private static final int MAX_TITLE = 200;

    private static final int MAX_MESSAGE = 10_000;

    private static final int MAX_FIELDS = 10;
    private static final FieldView.Limits LIMITS = new FieldView.Limits(120, 10);

    @Override
    public void reported(Event event) {
        ChecksPublisherFactory.fromRun(event.run(), event.listener()).publish(details(event));
    }

    private static ChecksDetails details(Event event) {
        Report report = event.report();
        return new ChecksDetailsBuilder()
                .withName("GitOps " + report.command().name().toLowerCase(Locale.ROOT) + " / "
                        + event.result().getApp())
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(conclusion(event))
                .withDetailsURL(event.result().getAbsoluteUrl())
                .withOutput(new ChecksOutputBuilder()
                        .withTitle(Words.verdict(report) + ": " + Words.totals(report))
                        .withSummary(MarkdownReport.message(report))
                        .withText(MarkdownReport.markdown(report))
                        .withAnnotations(event.ownFiles() ? annotations(report) : List.of())
                        .build())
                .build();
    }

    private static ChecksConclusion conclusion(Event event) {
        if (event.report().status() == Status.ABORTED) {
            return ChecksConclusion.CANCELED;
        }
        if (!event.good()) {
            return ChecksConclusion.FAILURE;
        }
        return event.report().status() == Status.IN_SYNC ? ChecksConclusion.SUCCESS : ChecksConclusion.NEUTRAL;
    }

    /** Problems first: they are what has to be mended. */
    private static List<ChecksAnnotation> annotations(Report report) {
        List<ChecksAnnotation> annotations = new ArrayList<>();
        Stream<ChecksAnnotation> problems = Stream.concat(
                        report.problems().stream().filter(Problem::isError),
                        report.problems().stream().filter(problem -> !problem.isError()))
                .filter(problem -> isFileOfRepository(problem.location()))
                .map(ReportCheck::problem);
        Stream<ChecksAnnotation> objects = report.objects().stream()
                .filter(object -> isFileOfRepository(object.source()) && isNews(object))
                .map(object -> object(report, object));
        Stream.concat(problems, objects).limit(MAX_ANNOTATIONS).forEach(annotations::add);
        return annotations;
    }

    /** The report comes from a node: a path that leads out of the repository would spoil the whole check. */
    private static boolean isFileOfRepository(SourceLocation location) {
        return location != null
                && !location.file().isEmpty()
                && Printable.line(location.file()).equals(location.file())
                && Stream.of(location.file().split("[/\\\\]", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals("..") || part.endsWith(":"));
    }

    private static boolean isNews(ObjectReport object) {
        return object.action().writes() || object.drifted() || object.unhealthy();
    }

    private static ChecksAnnotation problem(Problem problem) {
        String advice = problem.advice().isEmpty() ? "" : "\n" + problem.advice();
        return at(problem.location())
                .withAnnotationLevel(problem.isError() ? ChecksAnnotationLevel.FAILURE : ChecksAnnotationLevel.WARNING)
                .withTitle(problem.isError() ? "Error" : "Warning")
                .withMessage(Printable.cut(problem.message() + advice, MAX_MESSAGE))
                .build();
    }

    private static ChecksAnnotation object(Report report, ObjectReport object) {
        boolean failed = object.result() == ObjectReport.Result.FAILED;
        boolean warn = object.drifted() || object.unhealthy();
        String cause = Words.cause(object);
        String what = Words.action(report, object) + (cause.isEmpty() ? "" : " (" + cause + ")");
        String lines = Stream.of(
                        Stream.of(object.message(), Words.illness(object)),
                        object.fields().stream().limit(MAX_FIELDS).map(field -> field(FieldView.of(field, LIMITS))),
                        Stream.of(left(object)))
                .flatMap(part -> part)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        return at(object.source())
                .withAnnotationLevel(
                        failed
                                ? ChecksAnnotationLevel.FAILURE
                                : warn ? ChecksAnnotationLevel.WARNING : ChecksAnnotationLevel.NOTICE)
                .withTitle(Printable.line(object.id() + ": " + what, MAX_TITLE))
                .withMessage(lines.isEmpty() ? what : Printable.cut(lines, MAX_MESSAGE))
                .build();
    }

    /** {@code spec.replicas: 2 -> 3}. */
    private static String field(FieldView view) {
        if (view.diff() != null) {
            return view.path() + ": " + view.summary();
        }
        return switch (view.kind()) {
            case ADD -> view.path() + ": " + view.desired();
            case REMOVE -> view.path() + ": " + view.live() + " -> not set";
            default -> {
                String remark = Words.remark(view);
                yield view.path() + ": " + (remark.isEmpty() ? view.live() + " -> " + view.desired() : remark);
            }
        };
    }

    private static String left(ObjectReport object) {
        int left = object.fields().size() - MAX_FIELDS;
        return left > 0 ? Words.plural(left, "more field") : "";
    }

    private static ChecksAnnotationBuilder at(SourceLocation location) {
        return new ChecksAnnotationBuilder().withPath(location.file()).withLine(Math.max(1, location.line()));
    }
}
