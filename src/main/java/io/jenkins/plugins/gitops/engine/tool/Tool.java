package io.jenkins.plugins.gitops.engine.tool;

import java.nio.file.Path;
import java.util.List;

/**
 * A program, ready to be run.
 *
 * @param name as a person knows it, such as {@code kubectl kustomize}
 * @param command the absolute path of the program, and what comes before all other arguments
 */
public record Tool(String name, List<String> command) {

    public Tool {
        command = List.copyOf(command);
    }

    public Tool(String name, Path program, String... first) {
        this(
                name,
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(program.toString()), java.util.stream.Stream.of(first))
                        .toList());
    }
}
