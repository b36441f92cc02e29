package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.report.Command;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        header = "Lists every problem of every manifest, with file, line and column.",
        description = {
            "",
            "Without a cluster: YAML, identities, fields against the schemas of Kubernetes and of the repository's own",
            "custom resource definitions, API versions that the target does not serve, references that lead nowhere, and",
            "the repository's admission policies. With --kubeconfig or --context fields are left to a dry run on that",
            "server, which also knows its own kinds, namespaces and admission.",
            ""
        })
final class ValidateCommand extends RunCommand {

    @Mixin
    ValidateOptions validate;

    ValidateCommand() {
        super(Command.VALIDATE);
    }

    @Override
    SyncRequest refine(SyncRequest request) {
        return request.withValidate(validate.policy(true));
    }

    @Override
    ClusterAccess access() throws BadInputException, ClusterException {
        return cluster.given() ? super.access() : null;
    }
}
