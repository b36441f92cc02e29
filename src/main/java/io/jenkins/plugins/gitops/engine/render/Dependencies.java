package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import io.jenkins.plugins.gitops.engine.tool.Tool;
import io.jenkins.plugins.gitops.engine.tool.ToolException;
import io.jenkins.plugins.gitops.engine.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Brings the charts that a chart depends on into its {@code charts} folder, in the copy. */
final class Dependencies {

    private static final byte[] NO_INPUT = new byte[0];

    private final SourceTree tree;
    private final Chart chart;
    private final Tool helm;
    private final ToolRun run;
    private final Path root;

    Dependencies(SourceTree tree, Chart chart, Tool helm, ToolRun run, Path root) {
        this.tree = tree;
        this.chart = chart;
        this.helm = helm;
        this.run = run;
        this.root = root;
    }

    /** What Helm said to the last thing it was asked; {@code null} where nothing was missing. */
    ToolRun.Result fetch() throws IOException, BadInputException, ToolException, InterruptedException {
        if (chart.missing().isEmpty()) {
            return null;
        }
        Set<String> repositories = new LinkedHashSet<>();
        for (Chart.Dependency dependency : chart.missing()) {
            if (dependency.local() != null) {
                tree.exportTo(root, dependency.local());
            } else if (dependency.repository().matches("(?i)https?://.*")) {
                repositories.add(dependency.repository());
            }
        }
        // The lock file counts, and with it Helm wants to know each repository by a name.
        int number = 0;
        for (String repository : repositories) {
            ToolRun.Result added = run.run(helm, List.of("repo", "add", "r" + number++, repository), NO_INPUT);
            if (added.exitCode() != 0) {
                return added;
            }
        }
        return run.run(
                helm,
                List.of("dependency", "build", root.resolve(chart.folder()).toString()),
                NO_INPUT);
    }
}
