package io.jenkins.plugins.gitops.engine.plan;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import java.util.Arrays;
import org.junit.Test;

/** Only the server's word that a field cannot change may ever cost an object. */
public class ImmutabilityTest {

    private static ApiException.Cause invalid(String message) {
        return new ApiException.Cause("spec.x", "FieldValueInvalid", message);
    }

    private static ApiException.Cause forbidden(String message) {
        return new ApiException.Cause("spec", "FieldValueForbidden", message);
    }

    private static boolean immutable(ApiException.Cause... causes) {
        return Immutability.isCauseOf(new ApiException(422, "Invalid", "it is invalid", Arrays.asList(causes)));
    }

    @Test
    public void theServersWordsAreUnderstood() {
        assertTrue(immutable(invalid("Invalid value: {\"matchLabels\":{\"a\":\"b: c\"}}: field is immutable")));
        assertTrue(immutable(invalid("Invalid value: [\"None\"]: may not change once set")));
        assertTrue(immutable(invalid("Invalid value: {\"kind\":\"ClusterRole\"}: cannot change roleRef")));
        assertTrue(immutable(forbidden("Forbidden: field is immutable when `immutable` is set")));
        assertTrue(immutable(forbidden(
                "Forbidden: updates to statefulset spec for fields other than 'replicas' are" + " forbidden")));
        assertTrue(immutable(invalid("Invalid value: \"object\": Value is immutable")));
    }

    @Test
    public void anInvalidValueIsNotThat() {
        assertFalse(immutable(invalid("Invalid value: -1: must be greater than or equal to 0")));
        assertFalse("in the value, not in the verdict", immutable(invalid("Invalid value: \"immutable\": must match")));
        assertFalse(immutable(invalid("Invalid value: \"is immutable: is immutable\": a lowercase name is needed")));
        assertFalse(immutable(new ApiException.Cause("spec", "FieldValueNotSupported", "immutable")));
        assertFalse(immutable(new ApiException.Cause("spec", "FieldValueRequired", "field is immutable")));
        assertFalse(
                "one other cause is enough",
                immutable(
                        invalid("Invalid value: 1: field is immutable"),
                        invalid("Invalid value: -1: must not be negative")));
        assertFalse("no cause, no word for it", immutable());
        assertFalse(Immutability.isCauseOf(
                new ApiException(409, "Conflict", "", Arrays.asList(invalid("Invalid value: 1: field is immutable")))));
    }
}
