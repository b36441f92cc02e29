package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds where in the repository a rendered object is written. Each file is read once. */
final class Origins {

    private final SourceTree tree;
    private final Map<String, List<Manifest>> read = new HashMap<>();

    Origins(SourceTree tree) {
        this.tree = tree;
    }

    /** @param file where the tool says it comes from; the whole of it where the object is not found in it */
    SourceLocation locate(String file, Manifest rendered) {
        List<Manifest> written = read.get(file);
        if (written == null) {
            written = manifests(file);
            read.put(file, written);
        }
        SourceLocation only = null;
        int alike = 0;
        for (Manifest candidate : written) {
            if (candidate.kind().equals(rendered.kind()) && candidate.group().equals(rendered.group())) {
                if (candidate.name().equals(rendered.name())) {
                    return candidate.location();
                }
                // A prefix or a suffix may have been added.
                if (rendered.name().contains(candidate.name())) {
                    only = candidate.location();
                    alike++;
                }
            }
        }
        return alike == 1 ? only : SourceLocation.of(file);
    }

    private List<Manifest> manifests(String file) {
        try {
            return ManifestReader.read(file, tree.read(file)).manifests();
        } catch (BadInputException | IOException e) {
            // A template of Helm, or what the tool made up: the file's name is what there is to tell.
            return List.of();
        }
    }
}
