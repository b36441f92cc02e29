package io.jenkins.plugins.gitops.engine.cluster;

import java.util.List;

/**
 * The API server answered a request with an error: a {@code Status} object of Kubernetes.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/">Status</a>
 */
public class ApiException extends ClusterException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient List<Cause> causes;

    /**
     * One entry of {@code status.details.causes}.
     *
     * @param field path of the field, such as {@code spec.selector}; may be empty
     * @param reason such as {@code FieldValueInvalid}
     * @param message what the server says of it
     */
    public record Cause(String field, String reason, String message) {}

    public ApiException(int code, String reason, String message, List<Cause> causes) {
        super(message, "");
        this.code = code;
        this.reason = reason;
        this.causes = List.copyOf(causes);
    }

    /** The HTTP status code. */
    public int code() {
        return code;
    }

    /** Such as {@code NotFound}, {@code Conflict}, {@code Invalid}; empty where the server gave none. */
    public String reason() {
        return reason;
    }

    public List<Cause> causes() {
        return causes == null ? List.of() : causes;
    }

    public boolean isNotFound() {
        return code == 404;
    }

    /** A create met an object of that name. */
    public boolean isAlreadyThere() {
        return code == 409 && reason.equals("AlreadyExists");
    }

    /** Another writer was faster, another manager owns a field, or a precondition did not hold. */
    public boolean isConflict() {
        return code == 409;
    }

    /**
     * Whether the object itself is at fault, so that mending the manifest helps. Server-side apply answers a field that
     * the schema does not know with code 500, which is bad input all the same.
     */
    public boolean isInvalidObject() {
        return code == 400
                || code == 422
                || (code == 500
                        && getMessage() != null
                        && (getMessage().contains("failed to create typed patch object")
                                || getMessage().contains("field not declared in schema")));
    }

    /** Whether the credential is at fault: unknown (401) or without the right (403). */
    public boolean isUnauthorized() {
        return code == 401;
    }
}
