package io.jenkins.plugins.gitops.engine.validate;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Policies in a folder of their own, which the caller names.
 *
 * @param manifests policies, bindings, parameters
 * @param problems of its files
 */
public record PolicyFolder(List<Manifest> manifests, List<Problem> problems) {

    private static final int MAX_FILES = 10_000;
    private static final int MAX_DEPTH = 20;
    private static final long MAX_BYTES = 16 * 1024 * 1024L;

    /**
     * @param folder {@code null} for none
     * @throws BadInputException if there is no such folder, or it holds more than a folder of policies would
     */
    public static PolicyFolder read(Path folder) throws BadInputException, IOException {
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        if (folder != null) {
            for (Path file : files(folder)) {
                if (Files.size(file) > MAX_BYTES) {
                    throw new BadInputException(file + " is too large for a policy", "");
                }
                ReadResult result = ManifestReader.read(file.toString(), Files.readAllBytes(file));
                manifests.addAll(result.manifests());
                problems.addAll(result.problems());
            }
        }
        return new PolicyFolder(manifests, problems);
    }

    private static List<Path> files(Path folder) throws BadInputException, IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException("there is no folder of policies " + folder, "check the path");
        }
        try (Stream<Path> found = Files.walk(folder, MAX_DEPTH)) {
            List<Path> files = found.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
            if (files.size() > MAX_FILES) {
                throw new BadInputException(
                        folder + " holds more than " + MAX_FILES + " files", "name the folder of the policies");
            }
            return files;
        }
    }
}
