package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Digests;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.Arrays;
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

    /**
     * A digest of all objects, {@code sha256:} and 64 hexadecimal digits, in which their order means nothing. The values
     * of Secrets are left out: it is shown to people who may not read them.
     */
    public String digest() {
        // The digest of an object covers its identity.
        String[] objects = manifests.stream().map(Manifest::digest).toArray(String[]::new);
        Arrays.sort(objects);
        return "sha256:" + Digests.sha256(String.join("\n", objects));
    }
}
