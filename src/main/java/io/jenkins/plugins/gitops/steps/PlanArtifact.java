package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.gitops.build.ReportArchive;
import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jenkins.security.HMACConfidentialKey;

/**
 * The plan that a step of a build has archived, for a later step of the same build. It is sealed with a key that is made of
 * one of this controller's and of the build, so that a plan of another build, or one that was changed, is refused.
 */
final class PlanArtifact {

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(PlanArtifact.class, "plan");

    private PlanArtifact() {}

    /** The key of a build's plans. */
    static byte[] key(Run<?, ?> run) {
        return KEY.mac(run.getExternalizableId().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The content of the archived plan.
     *
     * @param path as the step that planned has returned it
     * @throws AbortException if this build has no such plan, or it is for another app
     */
    static byte[] read(Run<?, ?> run, String path, String app) throws IOException {
        byte[] content = ReportArchive.readPlan(run, path);
        if (content == null) {
            throw new AbortException(Messages.PlanArtifact_none(path));
        }
        try {
            PlanFile plan = PlanFile.read(content, new PlanKey(key(run)));
            if (!plan.report().app().equals(app)) {
                throw new AbortException(
                        Messages.PlanArtifact_otherApp(path, plan.report().app(), app));
            }
            return content;
        } catch (BadInputException e) {
            throw new AbortException(Messages.PlanArtifact_unsound(path, e.getMessage()));
        }
    }
}
