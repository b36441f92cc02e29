package io.jenkins.plugins.gitops.engine.validate;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.manifest.SourceLines;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The chain that a file goes through without a cluster. */
public final class Checks {

    public static final ValidatePolicy OFFLINE = ValidatePolicy.DEFAULT.withOffline(true);

    private Checks() {}

    public static List<Problem> check(String file, String content, ValidatePolicy policy) throws Exception {
        return check(file, content.getBytes(StandardCharsets.UTF_8), policy);
    }

    public static List<Problem> check(String file, byte[] content, ValidatePolicy policy) throws Exception {
        ReadResult read = ManifestReader.read(file, content);
        List<Problem> problems = new ArrayList<>(read.problems());
        FieldLocator locator =
                (Manifest manifest, String field) -> SourceLines.locate(content, manifest.location(), field);
        problems.addAll(new Validation(policy, "default", locator).check(read.manifests(), List.of()));
        return problems;
    }
}
