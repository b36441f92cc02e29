package io.jenkins.plugins.gitops.engine.health;

import java.io.Serializable;
import java.util.Objects;

/**
 * A user's own rule for a kind, in the form of Flux's {@code healthCheckExprs}: expressions in CEL over the object's
 * top-level fields ({@code metadata}, {@code spec}, {@code status} ...).
 *
 * @param apiVersion such as {@code example.org/v1}; the version does not matter
 * @param current true when it is healthy
 * @param inProgress true while it is on its way; {@code null} where none is given
 * @param failed true when it has failed; {@code null} where none is given
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions">Flux</a>
 */
public record HealthExpression(String apiVersion, String kind, String current, String inProgress, String failed)
        implements Serializable {

    public HealthExpression {
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(current, "current");
    }

    /** {@code Kind.group}, and {@code Kind} alone in the core group. */
    public String groupKind() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? kind : kind + "." + apiVersion.substring(0, slash);
    }
}
