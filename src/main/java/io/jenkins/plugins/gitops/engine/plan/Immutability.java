package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a change that is refused because a field cannot change from one that is refused for its value. The server has no
 * code of its own for the first: it is in the words of its causes.
 */
final class Immutability {

    private static final int INVALID = 422;
    private static final Set<String> REASONS = Set.of("FieldValueInvalid", "FieldValueForbidden");

    /** The words of Kubernetes' own kinds, and what rules of CRDs say by custom. */
    private static final Pattern WORDS = Pattern.compile(
            "immutable|may not change once set|may not be changed|cannot change roleRef|can not be changed"
                    + "|cannot be changed|updates to .{1,300} are forbidden|may not change fields other than",
            Pattern.CASE_INSENSITIVE);

    private Immutability() {}

    /** Whether every single cause is that a field cannot change; one for another reason, and the object is at fault. */
    static boolean isCauseOf(ApiException refusal) {
        return refusal.code() == INVALID
                && !refusal.causes().isEmpty()
                && refusal.causes().stream().allMatch(Immutability::isImmutable);
    }

    private static boolean isImmutable(ApiException.Cause cause) {
        return REASONS.contains(cause.reason())
                && WORDS.matcher(verdict(cause.message())).find();
    }

    /** The message without the value that it repeats: a value may well contain such words. */
    private static String verdict(String message) {
        if (message.startsWith("Invalid value: ")) {
            return message.substring(message.lastIndexOf(": ") + 2);
        }
        return message.startsWith("Forbidden: ") ? message.substring("Forbidden: ".length()) : message;
    }
}
