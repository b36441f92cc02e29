package io.jenkins.plugins.gitops.engine.annotation;

import static io.jenkins.plugins.gitops.engine.annotation.Annotations.OURS;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Tells of annotations that ask for what a sync does not do or does not know, so that nothing is left out in silence. */
public final class AnnotationCheck {

    private static final Set<String> OUR_NAMES = Set.of(
            "prune",
            "delete",
            "ssa",
            "reconcile",
            "substitute",
            "force",
            "replace",
            "prune-last",
            "validate",
            "missing-kind",
            "moved-from",
            "extraneous",
            "hook",
            "hook-delete-policy",
            "wave",
            "depends-on");

    private AnnotationCheck() {}

    /**
     * @param locator finds the line of a field path of a manifest; asked only where there is something to tell
     * @return errors and warnings, in the order of the manifests
     */
    public static List<Problem> find(
            Collection<Manifest> manifests, BiFunction<Manifest, String, SourceLocation> locator) {
        List<Problem> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            JsonNode annotations = Annotations.of(manifest.json());
            if (!annotations.isEmpty()) {
                complaints(annotations).forEach(complaint -> problems.add(problem(manifest, complaint, locator)));
            }
        }
        return problems;
    }

    static List<Complaint> complaints(JsonNode annotations) {
        List<Complaint> complaints = new ArrayList<>();
        new OptionsReader(complaints::add).read(annotations);
        Hook.of(annotations, complaints::add);
        SyncWave.of(annotations, complaints::add);
        DependsOn.of(annotations, complaints::add);
        annotations.fieldNames().forEachRemaining(key -> {
            if (key.startsWith(OURS) && !OUR_NAMES.contains(key.substring(OURS.length()))) {
                complaints.add(Complaint.warning(
                        key,
                        "unknown annotation " + key + " has no effect",
                        "after " + OURS + " these have one: " + String.join(", ", new java.util.TreeSet<>(OUR_NAMES))));
            }
        });
        return complaints;
    }

    private static Problem problem(
            Manifest manifest, Complaint complaint, BiFunction<Manifest, String, SourceLocation> locator) {
        SourceLocation where = locator.apply(manifest, "metadata.annotations[" + complaint.annotation() + "]");
        String message = manifest.id() + ": " + complaint.message();
        return complaint.error()
                ? Problem.error(where, message, complaint.advice())
                : Problem.warning(where, message, complaint.advice());
    }
}
