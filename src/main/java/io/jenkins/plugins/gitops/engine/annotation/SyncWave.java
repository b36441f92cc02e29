package io.jenkins.plugins.gitops.engine.annotation;

import static io.jenkins.plugins.gitops.engine.annotation.Annotations.ARGO;
import static io.jenkins.plugins.gitops.engine.annotation.Annotations.HELM;
import static io.jenkins.plugins.gitops.engine.annotation.Annotations.OURS;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The wave in which an object is applied: a whole number, the lowest first; 0 for objects that name none. */
public final class SyncWave {

    private static final List<String> KEYS = List.of(OURS + "wave", ARGO + "sync-wave");
    private static final String WEIGHT = HELM + "hook-weight";

    private SyncWave() {}

    /** The wave that an object names; empty where it names none. */
    public static OptionalInt of(JsonNode object) {
        return of(Annotations.of(object), complaint -> {});
    }

    static OptionalInt of(JsonNode annotations, Consumer<Complaint> complaints) {
        if (annotations.isEmpty()) {
            return OptionalInt.empty();
        }
        for (String key : KEYS) {
            String value = Annotations.value(annotations, key);
            if (value != null) {
                return number(key, value, complaints);
            }
        }
        String weight = Annotations.value(annotations, WEIGHT);
        return weight != null && annotations.has(HELM + "hook")
                ? number(WEIGHT, weight, complaints)
                : OptionalInt.empty();
    }

    private static OptionalInt number(String key, String value, Consumer<Complaint> complaints) {
        try {
            return OptionalInt.of(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            complaints.accept(Complaint.error(
                    key,
                    "\"" + value + "\" is no whole number, so the wave is not known",
                    "say such as \"-1\" or \"5\""));
            return OptionalInt.empty();
        }
    }
}
