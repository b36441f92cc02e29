package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.List;

/**
 * What a folder holds.
 *
 * @param manifests the sound objects, by file and in the order of the file
 * @param problems what is wrong with the others, by file; empty where the manifests are all there is
 */
public record RenderResult(List<Manifest> manifests, List<Problem> problems) {

    public RenderResult {
        manifests = List.copyOf(manifests);
        problems = List.copyOf(problems);
    }
}
