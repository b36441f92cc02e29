package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.source.GitCredentials;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import picocli.CommandLine.Option;

/** Where the desired state is. */
@OptionGroup("Config repository")
final class RepositoryOptions {

    @Option(
            names = "--repo",
            paramLabel = "URL|DIR",
            defaultValue = ".",
            description = {
                "The config repository: a Git URL, or a local checkout (or a folder in one).",
                "A checkout is read as committed, not as it stands on disk. Default: the current folder.",
                "A private repository: set GITOPS_GIT_USERNAME and GITOPS_GIT_PASSWORD (or a token)."
            })
    String repo;

    @Option(
            names = "--revision",
            paramLabel = "REV",
            description = "Branch, tag or commit. Default: what is checked out, or the remote's default branch.")
    String revision;

    @Option(
            names = "--working-tree",
            description = "Read the files of a checkout as they stand on disk, uncommitted changes included.")
    boolean workingTree;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Folder in the repository, or one file. Default: the folder that --repo names.")
    String path;

    @Option(
            names = "--app",
            paramLabel = "NAME",
            description = "The app's name: its objects are found again by it. Default: the folder's name.")
    String app;

    RepositoryRequest request() {
        String user = System.getenv("GITOPS_GIT_USERNAME");
        String password = System.getenv("GITOPS_GIT_PASSWORD");
        GitCredentials credentials = null;
        if (password != null) {
            credentials = user == null ? GitCredentials.token(password) : GitCredentials.of(user, password);
        }
        RepositoryPolicy policy = RepositoryPolicy.localAndRemote().withSsh(new OpenSsh());
        return new RepositoryRequest(repo, revision, workingTree, policy, credentials);
    }
}
