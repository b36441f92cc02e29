package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Plans on disk. */
final class PlanFiles {

    private PlanFiles() {}

    static byte[] read(Path file) throws BadInputException, IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadInputException("there is no file " + file, "make a plan with: gitops plan --out " + file);
        }
    }
}
