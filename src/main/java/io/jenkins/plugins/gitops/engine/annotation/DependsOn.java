package io.jenkins.plugins.gitops.engine.annotation;

import static io.jenkins.plugins.gitops.engine.annotation.Annotations.OURS;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The objects that must be healthy before an object is applied, in the form of cli-utils: comma-separated
 * {@code group/namespaces/namespace/kind/name}, or {@code group/kind/name} for cluster-scoped ones; the core group is empty.
 */
public final class DependsOn {

    static final String KEY = "config.kubernetes.io/depends-on";
    static final String OUR_KEY = OURS + "depends-on";

    private DependsOn() {}

    /** Those that can be read, in the order in which they are written. */
    public static List<ObjectId> of(JsonNode object) {
        return of(Annotations.of(object), complaint -> {});
    }

    /** The annotation that names the dependencies of an object. */
    public static String key(JsonNode object) {
        return Annotations.of(object).has(OUR_KEY) ? OUR_KEY : KEY;
    }

    static List<ObjectId> of(JsonNode annotations, Consumer<Complaint> complaints) {
        if (annotations.isEmpty()) {
            return List.of();
        }
        List<ObjectId> ids = new ArrayList<>();
        for (String key : List.of(OUR_KEY, KEY)) {
            for (String reference : Annotations.list(Annotations.value(annotations, key))) {
                Optional<ObjectId> id = parse(reference);
                id.ifPresent(ids::add);
                if (id.isEmpty()) {
                    complaints.accept(Complaint.error(
                            key,
                            "\"" + reference + "\" does not name an object",
                            "write group/namespaces/namespace/kind/name, or group/kind/name for a cluster-scoped one;"
                                    + " the core group is empty: /namespaces/shop/ConfigMap/settings"));
                }
            }
        }
        return ids;
    }

    private static Optional<ObjectId> parse(String reference) {
        String[] parts = reference.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].isBlank()) {
                return Optional.empty();
            }
        }
        if (parts.length == 3) {
            return Optional.of(new ObjectId(parts[0], parts[1], "", parts[2]));
        }
        return parts.length == 5 && parts[1].equals("namespaces")
                ? Optional.of(new ObjectId(parts[0], parts[3], parts[2], parts[4]))
                : Optional.empty();
    }
}
