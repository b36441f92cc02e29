package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects that are declared twice: the second would undo the first with every sync. To be looked for after the default
 * namespace was set, since only then the identities are whole.
 */
public final class IdentityClashes {

    private IdentityClashes() {}

    /** A problem for each manifest whose group, kind, namespace and name an earlier one has, in their order. */
    public static List<Problem> find(Collection<Manifest> manifests) {
        Map<ObjectId, Manifest> seen = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            // A hook with generateName has no name yet; two of them are two objects.
            Manifest first = manifest.name().isEmpty() ? null : seen.putIfAbsent(manifest.id(), manifest);
            if (first != null) {
                problems.add(Problem.error(
                        manifest.location(),
                        manifest.id() + " is declared twice, first at " + first.location(),
                        "take one of them away, or give it another name"));
            }
        }
        return problems;
    }
}
