package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What is written where an object is to be exactly what Git declares, and not only to have it ({@code Replace=true}). */
public final class WholeObject {

    /** What others have tied to the object and what a manifest hardly ever declares: without them more than fields goes. */
    private static final List<String> KEPT = List.of("finalizers", "ownerReferences");

    private WholeObject() {}

    /**
     * @param live as it is; the write is refused where it has changed since
     * @return the body of an HTTP PUT
     */
    public static ObjectNode of(ObjectNode desired, ObjectNode live) {
        ObjectNode whole = desired.deepCopy();
        ObjectNode metadata = (ObjectNode) whole.get("metadata");
        metadata.set("resourceVersion", live.path("metadata").path("resourceVersion"));
        for (String name : KEPT) {
            if (!metadata.has(name) && live.path("metadata").has(name)) {
                metadata.set(name, live.path("metadata").get(name).deepCopy());
            }
        }
        return whole;
    }
}
