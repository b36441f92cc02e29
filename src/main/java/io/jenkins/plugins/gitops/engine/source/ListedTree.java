package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.PathResolver.Resolved;
import io.jenkins.plugins.gitops.engine.source.TreeStore.TooLargeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The rules that hold for every tree, wherever its entries come from: links, limits, and what is refused. */
final class ListedTree implements SourceTree {
    private static final byte[] LFS_POINTER =
            "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LFS_POINTER_MAX_BYTES = 1024;

    /** What has to be looked at name by name: a separator at either end or after another, and names that begin with a dot. */
    private static final Pattern NEEDLESS = Pattern.compile("(^|/)([./]|$)");

    private final TreeStore store;
    private final PathResolver resolver;
    private final TreeLimits limits;

    ListedTree(TreeStore store, TreeLimits limits) {
        this.store = store;
        this.resolver = new PathResolver(store);
        this.limits = limits;
    }

    @Override
    public List<String> files(String path) throws IOException, BadInputException {
        String asked = checked(path);
        Resolved found = resolver.resolve(asked);
        if (found.problem() != null) {
            throw new BadInputException(found.problem());
        }
        if (found.entry() == null) {
            throw TreeProblems.missing(asked, store.where(), new PathAdvice(store).forMissing(asked));
        }
        return new FileLister(store, resolver, limits).list(asked, found.entry());
    }

    @Override
    public byte[] read(String file) throws IOException, BadInputException {
        TreeEntry entry = fileAt(file);
        byte[] content;
        try {
            content = store.content(entry, limits.bytesPerFile());
        } catch (TooLargeException e) {
            throw new BadInputException(TreeProblems.tooLarge(file, e.bytes(), limits.bytesPerFile()));
        }
        if (isLfsPointer(content)) {
            throw new BadInputException(TreeProblems.lfsPointer(file));
        }
        return content;
    }

    @Override
    public String contentName(String file) throws IOException, BadInputException {
        TreeEntry entry = fileAt(file);
        return entry.id() == null ? null : entry.id().name();
    }

    @Override
    public boolean isExecutable(String file) throws IOException, BadInputException {
        return fileAt(file).kind() == TreeEntry.Kind.EXECUTABLE;
    }

    private TreeEntry fileAt(String file) throws IOException, BadInputException {
        Resolved found = resolver.resolve(checked(file));
        if (found.problem() != null) {
            throw new BadInputException(found.problem());
        }
        if (found.entry() == null || !found.entry().isFile()) {
            throw new FileNotFoundException("There is no file \"" + file + "\" " + store.where());
        }
        return found.entry();
    }

    /** The path without needless separators. */
    private static String checked(String path) throws BadInputException {
        if (PathResolver.isAbsolute(path)) {
            throw TreeProblems.absolute(path);
        }
        if (!NEEDLESS.matcher(path).find()) {
            return path;
        }
        StringBuilder clean = new StringBuilder();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                throw TreeProblems.leaves(path);
            }
            if (!name.isEmpty() && !name.equals(".")) {
                clean.append(clean.length() == 0 ? "" : "/").append(name);
            }
        }
        return clean.toString();
    }

    private static boolean isLfsPointer(byte[] content) {
        return content.length <= LFS_POINTER_MAX_BYTES
                && content.length > LFS_POINTER.length
                && Arrays.equals(content, 0, LFS_POINTER.length, LFS_POINTER, 0, LFS_POINTER.length);
    }
}
