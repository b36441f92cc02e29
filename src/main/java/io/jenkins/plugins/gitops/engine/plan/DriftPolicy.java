package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import java.io.Serializable;
import java.util.Objects;

/**
 * What counts as a difference.
 *
 * @param additions what becomes of fields that Git does not declare and that somebody added
 * @param ignore differences that do not count, beside those that the app's own {@value IgnoreRules#FILE} names
 */
public record DriftPolicy(AdditionsPolicy additions, IgnoreRules ignore) implements Serializable {

    /** Reports additions, and ignores nothing. */
    public static final DriftPolicy DEFAULT = new DriftPolicy(AdditionsPolicy.REPORT);

    public DriftPolicy {
        Objects.requireNonNull(additions, "additions");
        Objects.requireNonNull(ignore, "ignore");
    }

    public DriftPolicy(AdditionsPolicy additions) {
        this(additions, IgnoreRules.NONE);
    }

    public DriftPolicy withIgnore(IgnoreRules value) {
        return new DriftPolicy(additions, value);
    }
}
