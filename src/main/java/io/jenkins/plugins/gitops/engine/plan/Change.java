package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.List;

/**
 * What a sync does to one object.
 *
 * @param id which object
 * @param action what is done
 * @param target what Git declares; {@code null} for objects that are in the cluster only
 * @param live the object in the cluster; {@code null} where there is none, and where it was in sync already in the list that
 *     showed it: such objects are not kept
 * @param cause why it differs; {@code null} where it does not
 * @param fields what differs; empty for whole objects
 * @param additions fields that Git does not declare, that a person set by hand, and that a sync leaves;
 *     {@link FieldChange#desired()} is {@code null}
 * @param removal a JSON patch that goes before the apply: it takes such fields away where that was asked for, or exchanges
 *     list items that stand in the way; {@code null} where there is nothing to do first
 * @param ignored differences that do not count, since a rule says so
 * @param message one line about it; empty where there is nothing to say
 */
public record Change(
        ObjectId id,
        Action action,
        Target target,
        ObjectNode live,
        Cause cause,
        List<FieldChange> fields,
        List<FieldChange> additions,
        ArrayNode removal,
        List<IgnoredField> ignored,
        String message) {

    /** Without anything ignored. */
    public Change(
            ObjectId id,
            Action action,
            Target target,
            ObjectNode live,
            Cause cause,
            List<FieldChange> fields,
            List<FieldChange> additions,
            ArrayNode removal,
            String message) {
        this(id, action, target, live, cause, fields, additions, removal, List.of(), message);
    }

    public Change {
        ignored = List.copyOf(ignored);
        fields = List.copyOf(fields);
        additions = List.copyOf(additions);
    }

    Change withIgnored(List<IgnoredField> value) {
        return new Change(id, action, target, live, cause, fields, additions, removal, value, message);
    }

    public boolean differs() {
        return cause != null;
    }

    public String uid() {
        return live.path("metadata").path("uid").asText();
    }

    public String resourceVersion() {
        return live.path("metadata").path("resourceVersion").asText();
    }
}
