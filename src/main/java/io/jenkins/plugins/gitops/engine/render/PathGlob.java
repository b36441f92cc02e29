package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** A path such as {@code apps/*}{@code /overlays/prod}, which stands for every folder and file that it fits. */
final class PathGlob {

    private PathGlob() {}

    static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** The folders and files that fit, sorted; none of them lies in another. */
    static List<String> expand(SourceTree tree, String glob) throws IOException, BadInputException {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new BadInputException(
                    "Path \"" + glob + "\" is not a valid pattern: " + e.getDescription(),
                    "write it as apps/*/overlays/prod");
        }
        TreeSet<String> candidates = new TreeSet<>();
        for (String file : tree.files(fixedPart(glob))) {
            for (String path = file; !path.isEmpty(); path = RepositoryPath.folder(path)) {
                if (!candidates.add(path)) {
                    break;
                }
            }
        }
        List<String> found = new ArrayList<>();
        for (String candidate : candidates) {
            if (matcher.matches(Path.of(candidate))
                    && found.stream().noneMatch(outer -> RepositoryPath.isBelow(candidate, outer))) {
                found.add(candidate);
            }
        }
        if (found.isEmpty()) {
            throw new BadInputException(
                    "Nothing in the repository fits the path \"" + glob + "\"",
                    "check the path, and what is committed");
        }
        return found;
    }

    /** The folder before the first name with a pattern in it. */
    private static String fixedPart(String glob) {
        StringBuilder fixed = new StringBuilder();
        for (String name : glob.split("/")) {
            if (isGlob(name)) {
                break;
            }
            fixed.append(fixed.length() == 0 ? "" : "/").append(name);
        }
        return fixed.toString();
    }
}
