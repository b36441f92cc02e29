package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** Walks a path down from the root and follows symbolic links as a file system would, but never out of the tree. */
final class PathResolver {
    /** As many as Linux follows. */
    private static final int MAX_LINKS = 40;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\]");

    private final TreeStore store;

    PathResolver(TreeStore store) {
        this.store = store;
    }

    /**
     * Where a path leads.
     *
     * @param entry what is there; {@code null} where nothing is
     * @param link the symbolic link that the path's last name is, or that stops the way; {@code null} without one
     * @param problem what is wrong with that link; {@code null} where no link is at fault
     */
    record Resolved(TreeEntry entry, Link link, Problem problem) {}

    /** A symbolic link and what it says. */
    record Link(String path, String target) {}

    Resolved resolve(String path) throws IOException, BadInputException {
        Deque<String> rest = new ArrayDeque<>();
        Deque<TreeEntry> way = new ArrayDeque<>();
        Deque<Followed> links = new ArrayDeque<>();
        int followed = 0;
        way.push(store.root());
        prepend(rest, path);
        while (!rest.isEmpty()) {
            String name = rest.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            while (!links.isEmpty() && links.peek().after() > rest.size()) {
                links.pop();
            }
            TreeEntry next;
            if (name.equals("..")) {
                way.pop();
                next = way.peek();
            } else {
                next = way.peek().isFolder() ? store.children(way.peek()).get(name) : null;
            }
            if (next == null) {
                return stopped(way.peek(), links.isEmpty() ? null : links.peek().link(), name);
            }
            if (name.equals("..")) {
                continue;
            }
            if (next.kind() != TreeEntry.Kind.LINK) {
                way.push(next);
                continue;
            }
            Link link = new Link(next.path(), store.target(next));
            if (++followed > MAX_LINKS) {
                return new Resolved(null, link, TreeProblems.loopingLink(link.path(), link.target()));
            }
            if (isAbsolute(link.target())) {
                return new Resolved(null, link, TreeProblems.absoluteLink(link.path(), link.target()));
            }
            links.push(new Followed(link, rest.size()));
            prepend(rest, link.target());
        }
        return new Resolved(
                way.peek(), links.isEmpty() ? null : links.peekLast().link(), null);
    }

    /** A link, and how many names of the path come after what it says. */
    private record Followed(Link link, int after) {}

    private static Resolved stopped(TreeEntry last, Link link, String name) {
        Problem problem = null;
        if (last != null && last.kind() == TreeEntry.Kind.SUBMODULE) {
            problem = TreeProblems.submodule(last.path());
        } else if (last != null && last.kind() == TreeEntry.Kind.NOT_ON_DISK) {
            problem = TreeProblems.notOnDisk(last.path());
        } else if (link != null) {
            problem = name.equals("..")
                    ? TreeProblems.leavingLink(link.path(), link.target())
                    : TreeProblems.danglingLink(link.path(), link.target());
        }
        return new Resolved(null, link, problem);
    }

    /** On any system, so that a repository means the same on each. */
    static boolean isAbsolute(String path) {
        return path.startsWith("/")
                || path.startsWith("\\")
                || DRIVE.matcher(path).lookingAt();
    }

    private static void prepend(Deque<String> rest, String path) {
        String[] names = path.split("/");
        for (int i = names.length - 1; i >= 0; i--) {
            rest.push(names[i]);
        }
    }
}
