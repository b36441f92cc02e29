package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.Locale;

/** What can be wrong with a path of the repository, in words. */
final class TreeProblems {
    private static final String RELATIVE = "give it relative to the repository's root, such as apps/shop";

    private TreeProblems() {}

    static BadInputException absolute(String path) {
        return new BadInputException("Path \"" + path + "\" is absolute", RELATIVE);
    }

    static BadInputException leaves(String path) {
        return new BadInputException("Path \"" + path + "\" holds \"..\", which is refused", RELATIVE);
    }

    static BadInputException missing(String path, String where, String advice) {
        return new BadInputException("Folder \"" + path + "\" does not exist " + where, advice);
    }

    static BadInputException tooMany(String path, int limit) {
        return new BadInputException(
                String.format(Locale.ROOT, "%s holds more than %,d files", folder(path), limit),
                "name a smaller folder");
    }

    static BadInputException tooDeep(String path, int limit) {
        return new BadInputException(
                folder(path) + " holds folders nested more than " + limit + " deep", "name a smaller folder");
    }

    static BadInputException malformed(String path, String name) {
        return new BadInputException(
                folder(path) + " holds an entry named \"" + name + "\", which no Git client writes",
                "check the repository with git fsck");
    }

    private static String folder(String path) {
        return path.isEmpty() ? "The repository" : "Folder \"" + path + "\"";
    }

    static Problem absoluteLink(String link, String target) {
        return error(
                link,
                "the symbolic link points to \"" + target + "\", an absolute path",
                "link to a file of this repository by a relative path");
    }

    static Problem leavingLink(String link, String target) {
        return error(
                link,
                "the symbolic link points to \"" + target + "\", outside the repository",
                "link to a file of this repository");
    }

    static Problem danglingLink(String link, String target) {
        return error(
                link,
                "the symbolic link points to \"" + target + "\", which does not exist",
                "commit that file too, or remove the link");
    }

    static Problem loopingLink(String link, String target) {
        return error(
                link,
                "the symbolic link points to \"" + target + "\", which leads back to the link",
                "link to what does not hold the link");
    }

    static Problem submodule(String path) {
        return error(
                path,
                "this is a Git submodule, whose files are not part of the repository",
                "commit the files themselves, or sync the submodule's own repository");
    }

    static Problem notOnDisk(String path) {
        return error(
                path,
                "the sparse checkout leaves this out, so it is not on disk",
                "run git sparse-checkout disable, or read the commit and not the working tree");
    }

    static Problem tooLarge(String file, long bytes, int limit) {
        return error(
                file,
                String.format(
                        Locale.ROOT,
                        "the file holds %,d bytes, more than the %d MiB that are read",
                        bytes,
                        limit >> 20),
                "keep large files out of the folder");
    }

    static Problem unwritable(String file) {
        return error(
                file,
                "a file of this name cannot be written on this machine",
                "rename it; where it holds letters beyond ASCII, run with LC_ALL=C.UTF-8");
    }

    static Problem lfsPointer(String file) {
        return error(
                file,
                "the file is stored with Git LFS, and only the pointer to its content is here",
                "store what is synced in Git itself: git lfs untrack, then commit it again");
    }

    private static Problem error(String path, String message, String advice) {
        return Problem.error(SourceLocation.of(path), message, advice);
    }
}
