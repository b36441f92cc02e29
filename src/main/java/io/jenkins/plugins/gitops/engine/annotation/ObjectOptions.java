package io.jenkins.plugins.gitops.engine.annotation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How one object wants to be synced. Read from its annotations, whichever tool they were written for; where two of them say
 * different things, the more careful one holds.
 *
 * @param kept the annotation that keeps it when it leaves Git and when its app is deleted, such as
 *     {@code gitops.jenkins.io/prune: disabled}; empty where it may be pruned
 * @param strategy how it is applied
 * @param strategyFrom the annotation that says so; empty for {@link Strategy#APPLY}
 * @param replace whether it is written as a whole (HTTP PUT), so that fields which Git does not declare go
 * @param force whether it may be deleted and made again where a change to it is refused since the field is immutable
 * @param pruneLast whether it is pruned after everything else that is pruned
 * @param validate whether the server checks its fields strictly
 * @param kindMayBeMissing whether its kind may come into being in mid-sync by other means than a CRD in Git
 * @param ignoreExtraneous whether it is no difference that it is in the cluster and not in Git
 * @param movedFrom the app that gives it up to this one, as {@code name} or {@code namespace/name}; empty where none is named
 */
public record ObjectOptions(
        String kept,
        Strategy strategy,
        String strategyFrom,
        boolean replace,
        boolean force,
        boolean pruneLast,
        boolean validate,
        boolean kindMayBeMissing,
        boolean ignoreExtraneous,
        String movedFrom) {

    /** Without a single annotation. */
    public static final ObjectOptions DEFAULT =
            new ObjectOptions("", Strategy.APPLY, "", false, false, false, true, false, false, "");

    /** How an object is applied: the more a strategy leaves alone, the later it stands. */
    public enum Strategy {
        /** As the request says. */
        APPLY,
        /** What people have added by hand is taken away. */
        OVERRIDE,
        /** What others have added stays, and is no difference. */
        MERGE,
        /** It is created where it is missing, and never changed. */
        IF_NOT_PRESENT,
        /** It is left alone. */
        IGNORE;

        /** Whether what is live stays as it is. */
        public boolean leavesLiveAlone() {
            return this == IF_NOT_PRESENT || this == IGNORE;
        }
    }

    /** What the annotations of an object say. What they say wrongly is left out; {@link AnnotationCheck} tells of it. */
    public static ObjectOptions of(JsonNode object) {
        JsonNode annotations = Annotations.of(object);
        return annotations.isEmpty() ? DEFAULT : new OptionsReader(complaint -> {}).read(annotations);
    }

    /** Why it is not pruned, as {@code key: value}; empty where it may be. */
    public Optional<String> pruneOptOut() {
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
    }
}
