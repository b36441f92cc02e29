package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of an app: it becomes part of the inventory's name in the cluster. */
public final class AppName {

    private static final Pattern VALID = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    private AppName() {}

    /** @throws BadInputException if the name cannot be part of an object's name */
    public static void check(String name) throws BadInputException {
        if (!VALID.matcher(name).matches()) {
            throw new BadInputException(
                    "\"" + name + "\" cannot be an app's name",
                    "use lower-case letters, digits, '-' and '.', at most 63, beginning and ending with a letter or"
                            + " digit");
        }
    }

    /**
     * @param asked what the request says; {@code null} to take the folder's name, or the repository's at its root
     * @throws BadInputException if the name cannot be part of an object's name
     */
    static String of(String asked, String repository, String path) throws BadInputException {
        if (asked != null && !asked.isBlank()) {
            check(asked);
            return asked;
        }
        String last = lastSegment(path.isEmpty() ? repository : path);
        String name = last.replaceAll("\\.(git|ya?ml|json)$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.-]+", "-")
                .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        // A pattern stands for many folders; none of their names is the app's.
        if (path.matches(".*[*?\\[{].*") || !VALID.matcher(name).matches()) {
            throw new BadInputException(
                    "no app's name can be made of \"" + (path.isEmpty() ? last : path) + "\"", "give one");
        }
        return name;
    }

    private static String lastSegment(String path) {
        String trimmed = path.replaceAll("/+$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf(':')) + 1);
    }
}
