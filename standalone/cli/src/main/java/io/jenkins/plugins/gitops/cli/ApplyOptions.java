package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.plan.Safety.PruneLimit;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How changes are made; a plan takes them too, so that it plans what the sync would do. */
@OptionGroup("Changes")
final class ApplyOptions {

    /** Whose value wins where another manager owns a field. */
    enum Conflicts {
        FORCE,
        FAIL
    }

    @Option(
            names = "--prune",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Delete objects of the app that left Git. Default: yes.")
    boolean prune;

    @Option(
            names = "--prune-limit",
            paramLabel = "N",
            defaultValue = "10",
            description = {
                "Refuse (exit code 5) to prune more than N objects if they are also more than half of the app.",
                "Default: 10."
            })
    int pruneLimit;

    @Option(
            names = "--conflicts",
            paramLabel = "force|fail",
            defaultValue = "force",
            description =
                    "Where another manager owns a field with another value: Git wins, or an error. Default: force.")
    Conflicts conflicts;

    @Option(
            names = "--force-replace",
            description = {
                "Delete and make again what cannot be changed in place, since the server calls a field that differs",
                "immutable. What holds data (volume claims, namespaces, CRDs) must agree itself, by annotation."
            })
    boolean forceReplace;

    @Option(
            names = "--take-over",
            paramLabel = "TOOL",
            split = ",",
            description = {
                "Take objects over from flux, argocd or kubectl: what the tool owns of their fields becomes ours, its",
                "marks go, and what it has set and Git does not declare goes too. Nothing is deleted or restarted by it.",
                "See it first with plan."
            })
    Set<Tool> takeOver = EnumSet.noneOf(Tool.class);

    @Mixin
    DriftOptions drift;

    SyncRequest refine(SyncRequest request) throws BadInputException, IOException {
        PruneLimit limit = new PruneLimit(pruneLimit, PruneLimit.DEFAULT.percent());
        return request.withDrift(drift.policy())
                .withApply(new ApplyPolicy(prune, conflicts == Conflicts.FORCE, forceReplace, takeOver, limit));
    }
}
