package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.report.Command;
import picocli.CommandLine;

@CommandLine.Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        header = "Lists every problem of every manifest, with file, line and column.",
        description = {
            "",
            "Without a cluster: YAML, the form of each object, and identities. With --kubeconfig or --context also kinds,",
            "fields, namespaces and admission, by a dry run on that server.",
            ""
        })
final class ValidateCommand extends RunCommand {

    ValidateCommand() {
        super(Command.VALIDATE);
    }

    @Override
    ClusterAccess access() throws BadInputException, ClusterException {
        return cluster.given() ? super.access() : null;
    }
}
