package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what Helm says about a chart of the repository, with the file, line and column that it means. */
final class HelmFailure {

    private static final int MAX_LENGTH = 2000;

    private static final Pattern PLACE =
            Pattern.compile("([A-Za-z0-9_./-]+\\.(?:yaml|yml|tpl|json|txt))(?::(\\d+))?(?::(\\d+))?");

    private final SourceTree tree;
    private final Chart chart;
    private final String root;

    /** @param root the folder on disk in which the repository's files lie, as Helm names it */
    HelmFailure(SourceTree tree, Chart chart, String root) {
        this.tree = tree;
        this.chart = chart;
        this.root = root;
    }

    /** @param said what it wrote to standard error */
    Problem problem(String said) throws IOException {
        StringBuilder errors = new StringBuilder();
        for (String line : said.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("Use --debug flag") && !line.startsWith("WARNING")) {
                errors.append(line.strip()).append(' ');
            }
        }
        String text = errors.toString()
                .replace(root + "/", "")
                .replace(root, ".")
                .replaceFirst("^Error: ", "")
                .strip();
        SourceLocation place = place(text);
        if (text.length() > MAX_LENGTH) {
            text = text.substring(0, MAX_LENGTH) + " ...";
        }
        return Problem.error(place, "helm template failed: " + text, "");
    }

    /** The innermost template with a line, as it comes last; else the last file that is named. */
    private SourceLocation place(String text) throws IOException {
        SourceLocation file = null;
        SourceLocation line = null;
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            String path = chart.inRepository(matcher.group(1));
            if (!exists(path)) {
                path = RepositoryPath.join(chart.folder(), matcher.group(1));
            }
            if (!exists(path)) {
                continue;
            }
            if (matcher.group(2) == null) {
                file = SourceLocation.of(path);
            } else {
                line = new SourceLocation(path, number(matcher.group(2)), number(matcher.group(3)));
            }
        }
        if (line != null) {
            return line;
        }
        return file != null ? file : SourceLocation.of(chart.file());
    }

    private static int number(String digits) {
        return digits == null || digits.length() > 8 ? 0 : Integer.parseInt(digits);
    }

    private boolean exists(String file) throws IOException {
        try {
            return tree.files(file).equals(List.of(file));
        } catch (BadInputException e) {
            return false;
        }
    }
}
