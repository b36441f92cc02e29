package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.RevisionResolver.Found;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * A repository of this machine: a checkout, a linked worktree, or a bare one. It is read where it is, and never
 * written.
 *
 * @param repository to be closed by whoever asked for it
 * @param top the real path of the checkout's top level; {@code null} for a bare repository
 * @param subfolder the folder that was named, relative to the top level; {@code ""} for the top level itself
 */
record LocalCheckout(Repository repository, Path top, String subfolder) {

    /** Finds the repository that a folder is in, as {@code git rev-parse --show-toplevel} does. */
    static LocalCheckout find(RepositoryUrl url) throws BadInputException, IOException {
        url.requireExisting();
        Path given = url.path().toRealPath();
        if (!Files.isDirectory(given)) {
            throw new BadInputException("\"" + url.display() + "\" is a file", "name the checkout's folder");
        }
        FileRepositoryBuilder builder = locate(given);
        if (builder == null) {
            throw new BadInputException(
                    "\"" + url.display() + "\" is not in a Git repository",
                    "clone the config repository and name the clone, or run git init and commit the manifests");
        }
        Repository repository = open(builder, url.display());
        try {
            requireReadableFormat(repository, url.display());
            if (repository.isBare()) {
                return new LocalCheckout(repository, null, "");
            }
            Path top = repository.getWorkTree().toPath().toRealPath();
            boolean inside = given.startsWith(top)
                    && !given.startsWith(repository.getDirectory().toPath().toRealPath());
            String subfolder = inside ? top.relativize(given).toString().replace(File.separatorChar, '/') : "";
            return new LocalCheckout(repository, top, subfolder);
        } catch (IOException | BadInputException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    /** Whether a folder is in a Git repository at all, be it one that can be read or not. */
    static boolean isIn(RepositoryUrl url) throws BadInputException, IOException {
        url.requireExisting();
        Path given = url.path().toRealPath();
        return !Files.isDirectory(given) || locate(given) != null;
    }

    /** {@code null} where there is none. */
    private static FileRepositoryBuilder locate(Path given) {
        for (Path folder = given; folder != null; folder = folder.getParent()) {
            File dotGit = folder.resolve(Constants.DOT_GIT).toFile();
            if (dotGit.isFile()) {
                return new FileRepositoryBuilder().setWorkTree(folder.toFile()).setMustExist(true);
            }
            if (FileKey.isGitRepository(dotGit, FS.DETECTED)) {
                return new FileRepositoryBuilder().setGitDir(dotGit).setMustExist(true);
            }
            if (FileKey.isGitRepository(folder.toFile(), FS.DETECTED)) {
                return new FileRepositoryBuilder().setGitDir(folder.toFile()).setMustExist(true);
            }
        }
        return null;
    }

    private static Repository open(FileRepositoryBuilder builder, String display) throws BadInputException {
        boolean linked = builder.getGitDir() == null;
        try {
            return builder.build();
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInputException(
                    "The Git repository of \"" + display + "\" cannot be opened: " + e.getMessage(),
                    linked
                            ? "if it is a linked worktree whose repository has moved, run git worktree repair there"
                            : "check it with git fsck");
        }
    }

    private static void requireReadableFormat(Repository repository, String display) throws BadInputException {
        String format = repository.getConfig().getString("extensions", null, "objectformat");
        if (format != null && !format.equalsIgnoreCase("sha1")) {
            throw new BadInputException(
                    "The Git repository of \"" + display + "\" names its objects with " + format
                            + ", which cannot be read yet",
                    "use a repository with SHA-1 names, which is Git's default");
        }
    }

    /** @param revision {@code null} for HEAD */
    Found resolve(String display, String revision) throws IOException, BadInputException {
        try {
            return new RevisionResolver(repository, '"' + display + '"', false).resolve(revision);
        } catch (MissingObjectException e) {
            explainMissing(display, e);
            throw e;
        }
    }

    /** Why an object is not here, and how to get it. */
    void explainMissing(String display, IOException cause) throws IOException, BadInputException {
        boolean partial = repository.getConfig().getString("extensions", null, "partialclone") != null
                || repository.getConfig().getSubsections("remote").stream()
                        .anyMatch(remote -> repository.getConfig().getBoolean("remote", remote, "promisor", false));
        if (partial) {
            throw new BadInputException(
                    "\"" + display + "\" is a partial clone, and some files of this commit were never fetched",
                    "complete it with git fetch --refetch --no-filter");
        }
        throw new BadInputException(
                "The Git repository of \"" + display + "\" is damaged: " + cause.getMessage(),
                "check it with git fsck, or clone it again");
    }

    /** How the files on disk differ from a commit. */
    CheckoutStatus status(RevCommit commit) throws IOException, BadInputException {
        try {
            return CheckoutStatus.of(repository, commit.getTree());
        } catch (CorruptObjectException e) {
            // Thrown for an index that this library cannot read, too: a sparse or a split one.
            throw new BadInputException(
                    "The index of the checkout \"" + top + "\" cannot be read: " + e.getMessage(),
                    "run git sparse-checkout reapply --no-sparse-index, or git update-index --no-split-index");
        }
    }

    /** What to call it: of a checkout, the URL of {@code origin} without credentials, else the path as it was named. */
    String displayUrl(String named) {
        if (top == null) {
            return named;
        }
        String origin = repository
                .getConfig()
                .getString(ConfigConstants.CONFIG_REMOTE_SECTION, Constants.DEFAULT_REMOTE_NAME, "url");
        return origin == null ? named : RepositoryUrl.withoutUser(origin);
    }
}
