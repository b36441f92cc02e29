package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.GitCredentials;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import io.jenkins.plugins.gitops.engine.source.TrustedSigners;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the desired state is. */
@OptionGroup("Config repository")
final class RepositoryOptions {

    @Parameters(arity = "0..1", paramLabel = "URL|DIR", description = "The same as --repo.")
    private String repository;

    @Option(
            names = "--repo",
            paramLabel = "URL|DIR",
            description = {
                "The config repository: a Git URL, or a local checkout (or a folder in one).",
                "A checkout is read as committed, not as it stands on disk. Default: the current folder.",
                "A private repository: set GITOPS_GIT_USERNAME and GITOPS_GIT_PASSWORD (or a token)."
            })
    private String repo;

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

    /** What is asked of a commit's signature. */
    enum Verify {
        NONE,
        SIGNED
    }

    @Option(
            names = "--verify",
            paramLabel = "none|signed",
            defaultValue = "none",
            description = "Read only a commit that one of --signers has signed, by OpenPGP or SSH. Default: none.")
    Verify verify;

    @Option(
            names = "--signers",
            paramLabel = "FILE",
            description = {
                "Public keys. OpenPGP: what gpg --armor --export prints. SSH: of .pub files, or as in Git's",
                "gpg.ssh.allowedSignersFile."
            })
    Path signers;

    /** @param folders whether a folder that is in no Git repository will do */
    RepositoryRequest request(boolean folders) throws BadInputException {
        if (repo != null && repository != null) {
            throw new BadInputException(
                    "two config repositories are named: \"" + repo + "\" and \"" + repository + "\"",
                    "name one, with --repo or without");
        }
        String user = System.getenv("GITOPS_GIT_USERNAME");
        String password = System.getenv("GITOPS_GIT_PASSWORD");
        GitCredentials credentials = null;
        if (password != null) {
            credentials = user == null ? GitCredentials.token(password) : GitCredentials.of(user, password);
        }
        RepositoryPolicy policy = RepositoryPolicy.localAndRemote().withSsh(new OpenSsh());
        if (folders) {
            policy = policy.withFolders();
        }
        if (verify == Verify.SIGNED) {
            policy = policy.withSigners(trustedSigners());
        }
        String named = repo != null ? repo : repository;
        return new RepositoryRequest(named != null ? named : ".", revision, workingTree, policy, credentials);
    }

    private TrustedSigners trustedSigners() throws BadInputException {
        if (signers == null) {
            throw new BadInputException("--verify signed needs to know the signers", "name their keys with --signers");
        }
        try {
            return TrustedSigners.parse(signers.toString(), Files.readString(signers));
        } catch (CharacterCodingException e) {
            throw new BadInputException(
                    "the file of signers \"" + signers + "\" is not text",
                    "export OpenPGP keys with gpg --armor --export");
        } catch (IOException e) {
            throw new BadInputException(
                    "the file of signers \"" + signers + "\" cannot be read", "check that it exists and is readable");
        }
    }
}
