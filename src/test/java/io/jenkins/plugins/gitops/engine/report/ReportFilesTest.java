package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReportFilesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everyFormIsWrittenAndReadableByOthers() throws IOException {
        Path dir = folder.getRoot().toPath().resolve("a/b");
        ReportFiles files = ReportFiles.write(Reports.drifted(), dir);
        assertEquals(Set.of("report.json", "report.html", "report.md", "junit.xml"), names(dir));
        for (Path file : files.all()) {
            assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals(Reports.drifted(), ReportJson.read(Files.readAllBytes(files.json())));
        assertEquals(HtmlReport.page(Reports.drifted()), Files.readString(files.html()));
    }

    @Test
    public void aLaterReportReplacesTheFormer() throws IOException {
        Path dir = folder.getRoot().toPath();
        ReportFiles.write(Reports.drifted(), dir);
        ReportFiles files = ReportFiles.write(Reports.inSync(), dir);
        assertEquals(
                Status.IN_SYNC,
                ReportJson.read(Files.readAllBytes(files.json())).status());
        assertEquals(4, names(dir).size());
    }

    @Test
    public void aLinkInThePlaceOfAReportIsReplacedAndNotFollowed() throws IOException {
        Path dir = folder.newFolder("reports").toPath();
        Path other = folder.newFile("other").toPath();
        Files.createSymbolicLink(dir.resolve("report.json"), other);
        ReportFiles.write(Reports.inSync(), dir);
        assertEquals(0, Files.size(other));
        assertTrue(Files.isRegularFile(dir.resolve("report.json"), java.nio.file.LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    public void aFailureLeavesNoFileBehind() throws IOException {
        Path dir = folder.getRoot().toPath();
        Files.createDirectories(dir.resolve("report.json/not-empty"));
        try {
            ReportFiles.write(Reports.inSync(), dir);
            throw new AssertionError("a directory is in the place of the file");
        } catch (IOException e) {
            assertEquals(Set.of("report.json"), names(dir));
        }
    }

    private static Set<String> names(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
