package io.jenkins.plugins.gitops.engine.policy;

/**
 * What a policy says against an object.
 *
 * @param policy the policy's name
 * @param binding the binding by which it holds; empty where the policy itself is at fault
 * @param effect what the server would do
 * @param certain whether the expression said no; not where it failed, since a server may know more
 * @param message of the policy
 */
public record Violation(String policy, String binding, Effect effect, boolean certain, String message) {

    /** What follows. */
    public enum Effect {
        /** The request is refused. */
        DENY,
        /** The client is warned. */
        WARN,
        /** The server's audit log says so. */
        AUDIT,
        /** Only a cluster can tell. */
        UNKNOWN
    }

    /** In the server's words. */
    @Override
    public String toString() {
        String who = "ValidatingAdmissionPolicy '" + policy + "'"
                + (binding.isEmpty() ? "" : " with binding '" + binding + "'");
        return switch (effect) {
            case DENY -> who + " denied request: " + message;
            case WARN -> "Validation failed for " + who + ": " + message;
            case AUDIT -> who + " would be noted in the audit log: " + message;
            case UNKNOWN -> who + " cannot be evaluated without a cluster: " + message;
        };
    }
}
