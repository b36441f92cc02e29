package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.source.PathResolver.Link;
import io.jenkins.plugins.gitops.engine.source.PathResolver.Resolved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists the files below one folder, and every problem that stands in the way. Used once. */
final class FileLister {
    /** Deeper than any folder that a person made. */
    private static final int MAX_DEPTH = 200;

    private final TreeStore store;
    private final PathResolver resolver;
    private final TreeLimits limits;
    private final List<String> files = new ArrayList<>();
    private final Set<Problem> problems = new LinkedHashSet<>();

    /** The real paths of the folders that are being listed, from the outermost in: a link to one of them never ends. */
    private final Set<String> within = new HashSet<>();

    private String start;
    private int visited;

    FileLister(TreeStore store, PathResolver resolver, TreeLimits limits) {
        this.store = store;
        this.resolver = resolver;
        this.limits = limits;
    }

    /** The files at and below the entry, which is named by the path. */
    List<String> list(String path, TreeEntry entry) throws IOException, BadInputException {
        start = path;
        add(path, entry, null);
        if (!problems.isEmpty()) {
            throw new BadInputException(List.copyOf(problems));
        }
        Collections.sort(files);
        return Collections.unmodifiableList(files);
    }

    /** @param via the link that led to the entry or to a folder around it; {@code null} without one */
    private void add(String path, TreeEntry entry, Link via) throws IOException, BadInputException {
        if (++visited > 2 * limits.files() || files.size() > limits.files()) {
            throw TreeProblems.tooMany(start, limits.files());
        }
        switch (entry.kind()) {
            case FILE, EXECUTABLE -> files.add(path);
            case FOLDER -> addFolder(path, entry, via);
            case SUBMODULE -> problems.add(TreeProblems.submodule(path));
            case NOT_ON_DISK -> problems.add(TreeProblems.notOnDisk(path));
            case LINK -> addLink(path, entry);
        }
    }

    private void addFolder(String path, TreeEntry folder, Link via) throws IOException, BadInputException {
        if (!within.add(folder.path())) {
            problems.add(TreeProblems.loopingLink(via.path(), via.target()));
            return;
        }
        if (within.size() > MAX_DEPTH) {
            throw TreeProblems.tooDeep(start, MAX_DEPTH);
        }
        for (Map.Entry<String, TreeEntry> child : store.children(folder).entrySet()) {
            add(path.isEmpty() ? child.getKey() : path + "/" + child.getKey(), child.getValue(), via);
        }
        within.remove(folder.path());
    }

    private void addLink(String path, TreeEntry link) throws IOException, BadInputException {
        Resolved target = resolver.resolve(link.path());
        if (target.problem() != null) {
            problems.add(target.problem());
        } else {
            add(path, target.entry(), target.link());
        }
    }
}
