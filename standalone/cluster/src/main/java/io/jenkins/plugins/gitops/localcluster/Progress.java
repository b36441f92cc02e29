package io.jenkins.plugins.gitops.localcluster;

/** Hears, line by line, what is being done; a person reads the lines while waiting. Called from several threads. */
@FunctionalInterface
public interface Progress {

    /**
     * @param line one sentence without a line break and without secrets
     */
    void line(String line);

    /** For callers whom nothing but the outcome concerns. */
    static Progress none() {
        return line -> {};
    }
}
