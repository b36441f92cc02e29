package io.jenkins.plugins.gitops.engine.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A report on disk, in every form that others read.
 *
 * @param json {@code report.json}
 * @param html {@code report.html}
 * @param markdown {@code report.md}
 * @param junit {@code junit.xml}
 */
public record ReportFiles(Path json, Path html, Path markdown, Path junit) {

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
                write(dir, "junit.xml", bytes(JUnitReport.xml(report))));
    }

    public List<Path> all() {
        return List.of(json, html, markdown, junit);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Path write(Path dir, String name, byte[] content) throws IOException {
        Path target = dir.resolve(name);
        write(target, content);
        return target;
    }

    /** One file, in the same way. Its folder must exist. */
    public static void write(Path target, byte[] content) throws IOException {
        Path dir = target.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(dir, "." + target.getFileName(), ".tmp");
        try {
            Files.write(temporary, content);
            // A temporary file is its owner's alone.
            PosixFileAttributeView posix = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
            if (posix != null) {
                posix.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
            }
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
