package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Says what a person may have meant by a path that does not exist. */
final class PathAdvice {
    /** A look around, not a search: it must stay quick in a repository of any size. */
    private static final int MAX_FOLDERS = 2_000;

    private static final int MAX_NAMED = 5;

    private final TreeStore store;

    PathAdvice(TreeStore store) {
        this.store = store;
    }

    String forMissing(String path) throws IOException, BadInputException {
        List<String> folders = folders();
        List<String> alike = NearMisses.of(path, folders);
        if (!alike.isEmpty()) {
            return "did you mean " + NearMisses.quoted(alike) + "?";
        }
        List<String> top = folders.stream()
                .filter(folder -> !folder.contains("/"))
                .sorted()
                .limit(MAX_NAMED)
                .toList();
        return top.isEmpty()
                ? "the repository holds no folders"
                : "the repository's root holds " + NearMisses.quoted(top).replace(" or ", " and ");
    }

    /** The nearest folders first. */
    private List<String> folders() throws IOException, BadInputException {
        List<String> found = new ArrayList<>();
        Deque<TreeEntry> open = new ArrayDeque<>(List.of(store.root()));
        while (!open.isEmpty() && found.size() < MAX_FOLDERS) {
            for (TreeEntry entry : store.children(open.poll()).values()) {
                if (entry.isFolder()) {
                    found.add(entry.path());
                    open.add(entry);
                }
            }
        }
        return found;
    }
}
