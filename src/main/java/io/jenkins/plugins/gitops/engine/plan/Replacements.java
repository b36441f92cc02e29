package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Plans to delete an object and to make it again: only where somebody has agreed to it, only where the server says that the
 * field cannot change otherwise, and only after the server has found the new object sound.
 */
final class Replacements {

    private final ObjectApi objects;
    private final Comparison comparison;
    private final boolean requested;

    /** @param requested whether the request agrees for every object that holds no data */
    Replacements(ObjectApi objects, Comparison comparison, boolean requested) {
        this.objects = objects;
        this.comparison = comparison;
        this.requested = requested;
    }

    /**
     * @param live the object as it is
     * @param refusal why it cannot be changed
     * @return empty where it must not be replaced; the refusal stands
     * @throws ApiException if the new object would be refused too
     */
    Optional<Change> plan(Target target, ObjectNode live, ApiException refusal)
            throws ClusterException, InterruptedException {
        if (live == null || !Immutability.isCauseOf(refusal) || !isAgreed(target)) {
            return Optional.empty();
        }
        try {
            ObjectNode desired = target.manifest().json();
            objects.create(
                    target.resource(),
                    ServiceAllocations.without(desired, live),
                    ObjectApi.Mode.DRY_RUN,
                    ObjectOptions.of(desired).validate());
        } catch (ApiException e) {
            // The server looks for the name last: everything else was sound.
            if (!e.isAlreadyThere()) {
                throw e;
            }
        }
        List<FieldChange> fields = fields(target, live, refusal);
        return Optional.of(new Change(
                target.id(),
                Action.REPLACE,
                target,
                live,
                comparison.cause(target, fields),
                fields,
                List.of(),
                null,
                "deleted and made again, since it cannot be changed in place: " + String.join(", ", names(refusal))));
    }

    /** A request for all of them is no agreement for what holds data. */
    private boolean isAgreed(Target target) {
        return ObjectOptions.of(target.manifest().json()).force() || requested && !DataHolders.include(target.id());
    }

    private static Set<String> names(ApiException refusal) {
        Set<String> names = new TreeSet<>();
        refusal.causes().forEach(cause -> names.add(cause.field()));
        return names;
    }

    private List<FieldChange> fields(Target target, ObjectNode live, ApiException refusal) {
        SecretMask.Pair shown = SecretMask.mask(live, target.manifest().json());
        List<FieldChange> fields = new ArrayList<>();
        for (String name : names(refusal)) {
            fields.add(new FieldChange(
                    name,
                    at(shown.before(), name),
                    at(shown.after(), name),
                    comparison.isGitUnchanged(target) ? Cause.DRIFT : Cause.PENDING,
                    null,
                    null));
        }
        return fields;
    }

    /** The value of a field as the server names it; {@code null} where it has none or is in a list. */
    private static JsonNode at(JsonNode object, String name) {
        JsonNode value = object;
        for (String part : name.split("\\.")) {
            value = value == null ? null : value.get(part);
        }
        return value;
    }
}
