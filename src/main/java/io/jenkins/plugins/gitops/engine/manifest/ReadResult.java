package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.List;

/**
 * What a file holds.
 *
 * @param manifests the sound objects, in the order of the file
 * @param problems what is wrong with the others
 */
public record ReadResult(List<Manifest> manifests, List<Problem> problems) {

    public ReadResult {
        manifests = List.copyOf(manifests);
        problems = List.copyOf(problems);
    }
}
