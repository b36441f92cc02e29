package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.Objects;

/**
 * A difference that does not count, since a rule says so.
 *
 * @param path as a person writes it
 * @param rule what the rule says, on one line
 * @param source where the rule is written; {@code null} where that is not known
 */
public record IgnoredField(String path, String rule, SourceLocation source) {

    public IgnoredField {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(rule, "rule");
    }
}
