package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What counts as a difference. */
@OptionGroup("Changes")
final class DriftOptions {

    @Option(
            names = "--additions",
            paramLabel = "report|revert|ignore",
            defaultValue = "report",
            description = {
                "Fields that Git does not declare and that somebody added (kubectl label, kubectl edit ...): report them",
                "and leave them, let a sync remove those that were set by hand, or ignore them. Default: report."
            })
    AdditionsPolicy additions;

    @Option(
            names = "--ignore-differences",
            paramLabel = "FILE",
            description = {
                "Rules that say which differences do not count, in the form of Argo CD's ignoreDifferences or of Flux's",
                "ignore, beside those of the app's own .gitops.yaml. May be given several times."
            })
    List<Path> ignore = new ArrayList<>();

    DriftPolicy policy() throws BadInputException, IOException {
        IgnoreRules rules = IgnoreRules.NONE;
        for (Path file : ignore) {
            try {
                rules = rules.plus(IgnoreRules.read(file.toString(), Files.readAllBytes(file)));
            } catch (NoSuchFileException e) {
                throw new BadInputException("there is no file " + file, "");
            }
        }
        return new DriftPolicy(additions, rules);
    }
}
