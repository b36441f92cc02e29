package io.jenkins.plugins.gitops.engine.plan;

import java.io.Serializable;
import java.util.Objects;

/**
 * What counts as a difference.
 *
 * @param additions what becomes of fields that Git does not declare and that a person added by hand
 */
public record DriftPolicy(AdditionsPolicy additions) implements Serializable {

    /** Reports additions. */
    public static final DriftPolicy DEFAULT = new DriftPolicy(AdditionsPolicy.REPORT);

    public DriftPolicy {
        Objects.requireNonNull(additions, "additions");
    }
}
