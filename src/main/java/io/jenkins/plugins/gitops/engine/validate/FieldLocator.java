package io.jenkins.plugins.gitops.engine.validate;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;

/** Where a field of a manifest is written. */
@FunctionalInterface
public interface FieldLocator {

    /** @return the manifest's own place where the field's cannot be told */
    SourceLocation locate(Manifest manifest, String field);
}
