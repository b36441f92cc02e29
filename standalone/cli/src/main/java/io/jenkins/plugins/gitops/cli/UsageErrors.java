package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments, what may have been meant, and where to read on; not the whole help. */
final class UsageErrors implements IParameterExceptionHandler {

    private static final int MOST_SUGGESTIONS = 3;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("error: " + e.getMessage());
        List<String> near = e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        if (!near.isEmpty()) {
            err.println("did you mean "
                    + String.join(" or ", near.stream().limit(MOST_SUGGESTIONS).toList()) + "?");
        }
        List<String> commands = line.getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
        if (near.isEmpty() && !commands.isEmpty()) {
            err.println("commands: " + String.join(", ", commands));
        }
        err.println("try: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return Status.INVALID.exitCode();
    }
}
