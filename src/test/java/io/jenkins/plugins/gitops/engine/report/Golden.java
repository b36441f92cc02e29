package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the project, and expected output that is kept in files; {@code -Dgolden.update=true} writes them anew. */
final class Golden {

    private static final String DIR = "src/test/resources/io/jenkins/plugins/gitops/engine/report/";

    private Golden() {}

    static void assertMatches(String name, String actual) throws IOException {
        Path file = root().resolve(DIR + name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertEquals(name, Files.readString(file), actual);
    }

    static Path schema() {
        return root().resolve("docs/report.schema.json");
    }

    /** The project's root: the tests run there or in a module below. */
    private static Path root() {
        Path dir = Path.of("").toAbsolutePath();
        while (!Files.exists(dir.resolve("standalone/pom.xml"))) {
            dir = dir.getParent();
            if (dir == null) {
                throw new AssertionError(
                        "the project's root is not above " + Path.of("").toAbsolutePath());
            }
        }
        return dir;
    }
}
