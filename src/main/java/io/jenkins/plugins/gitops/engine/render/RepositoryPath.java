package io.jenkins.plugins.gitops.engine.render;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths relative to the repository's root; {@code ""} is the root itself. */
final class RepositoryPath {

    private RepositoryPath() {}

    /** The folder that a file is in. */
    static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    static boolean isBelow(String path, String folder) {
        return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
    }

    static String join(String folder, String name) {
        return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
    }

    /** Where a relative path leads from a folder; {@code null} where it leads out of the repository. */
    static String resolve(String folder, String relative) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : (folder + "/" + relative).split("/")) {
            if (name.equals("..")) {
                if (names.pollLast() == null) {
                    return null;
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return String.join("/", names);
    }

    /** To begin or end a sentence. */
    static String shown(String path) {
        return path.isEmpty() ? "the repository's root" : path;
    }
}
