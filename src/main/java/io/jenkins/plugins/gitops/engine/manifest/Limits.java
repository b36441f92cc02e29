package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;

/**
 * What one file may cost. The largest manifests known are bundles of custom resource definitions: some megabytes, some
 * 100,000 nodes, schemas nested some 60 levels deep. An API server takes requests of 3 MiB.
 */
final class Limits {

    /** Bytes of a file. */
    static final int FILE_BYTES = 16 * 1024 * 1024;

    /** Mappings, lists and scalars of a file, aliases counted as often as they are expanded. */
    static final int FILE_NODES = 2_000_000;

    /** Mappings and lists inside each other. */
    static final int DEPTH = 500;

    /** Problems told of one file. */
    static final int FILE_PROBLEMS = 1000;

    private final String file;
    private int nodes;

    Limits(String file) {
        this.file = file;
    }

    /** Counts one node. */
    void node(int line, int column) throws RefusedException {
        if (++nodes > FILE_NODES) {
            throw RefusedException.file(Problem.error(
                    new SourceLocation(file, line, column),
                    String.format(
                            "the file holds more than %,d values (aliases count as often as they are used)",
                            FILE_NODES),
                    "split it into several files"));
        }
    }

    int nodes() {
        return nodes;
    }

    /** Forgets what was counted for a document that is parsed again. */
    void backTo(int earlier) {
        nodes = earlier;
    }

    /** Checks how deep a mapping or list lies, 1 for the outermost. */
    void depth(int depth, int line, int column) throws RefusedException {
        if (depth > DEPTH) {
            throw RefusedException.document(Problem.error(
                    new SourceLocation(file, line, column), "mappings and lists are nested deeper than " + DEPTH));
        }
    }
}
