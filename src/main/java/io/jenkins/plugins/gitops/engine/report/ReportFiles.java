package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.disk.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A report on disk, in every form that others read.
 *
 * @param json {@code report.json}
 * @param html {@code report.html}
 * @param markdown {@code report.md}
 * @param junit {@code junit.xml}
 * @param sarif {@code validate.sarif}; {@code null} but for a validation
 */
public record ReportFiles(Path json, Path html, Path markdown, Path junit, Path sarif) {

    /**
     * Writes all forms. Each file appears whole or not at all, replaces one of its name, and can be read by everybody.
     *
     * @param dir is created where it is missing
     */
    public static ReportFiles write(Report report, Path dir) throws IOException {
        Files.createDirectories(dir);
        return new ReportFiles(
                write(dir, "report.json", ReportJson.write(report)),
                write(dir, "report.html", bytes(HtmlReport.page(report))),
                write(dir, "report.md", bytes(MarkdownReport.markdown(report))),
                write(dir, "junit.xml", bytes(JUnitReport.xml(report))),
                report.command() == Command.VALIDATE ? write(dir, "validate.sarif", SarifReport.write(report)) : null);
    }

    public List<Path> all() {
        return Stream.of(json, html, markdown, junit, sarif)
                .filter(Objects::nonNull)
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Path write(Path dir, String name, byte[] content) throws IOException {
        Path target = dir.resolve(name);
        WholeFile.write(target, content);
        return target;
    }
}
