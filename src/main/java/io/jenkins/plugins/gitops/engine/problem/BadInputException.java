package io.jenkins.plugins.gitops.engine.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The input is not sound, so nothing was done. Carries every problem that was found, in the order in which a person
 * should read them. It stands for exit code 2 of the command line; its message never holds a secret's value.
 */
public class BadInputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public BadInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public BadInputException(Problem problem) {
        this(List.of(problem));
    }

    /** For a problem that is not in a file, such as an unknown branch. */
    public BadInputException(String message, String advice) {
        this(Problem.error(null, message, advice));
    }

    /** The problems, at least one; empty only after deserialization, where the message still tells them. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
