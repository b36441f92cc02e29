package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems of one file: each told once, and not more of them than a person can read. */
final class Problems {

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();
    private int added;
    private boolean more;

    Problems(String file) {
        this.file = file;
    }

    void add(Problem problem) {
        added++;
        if (found.size() < Limits.FILE_PROBLEMS) {
            found.add(problem);
        } else if (!found.contains(problem)) {
            more = true;
        }
    }

    void error(Node at, String message, String advice) {
        add(Problem.error(location(at), message, advice));
    }

    SourceLocation location(Node node) {
        return new SourceLocation(file, node.line, node.column);
    }

    /** Grows with every problem, even one that was told before. */
    int added() {
        return added;
    }

    List<Problem> list() {
        List<Problem> list = new ArrayList<>(found);
        if (more) {
            list.add(Problem.error(
                    SourceLocation.of(file),
                    "the file has more than " + Limits.FILE_PROBLEMS + " problems; the rest is left out"));
        }
        return list;
    }
}
