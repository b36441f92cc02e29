package io.jenkins.plugins.gitops.localcluster;

import io.jenkins.plugins.gitops.localcluster.BinaryMaker.CannotMakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds the programs of {@link GoTool} in the user's cache directory, {@code gitops-jenkins/tools}, or builds them from
 * Go modules into it, once; each takes a minute or two on two cores.
 */
public final class GoTools {

    private GoTools() {}

    /**
     * The program.
     *
     * @throws ControlPlaneException if it is not there and cannot be built; the message says why
     * @throws InterruptedException if the thread is interrupted; a build that runs is ended
     */
    public static Path find(GoTool tool, Progress progress) throws InterruptedException {
        return find(tool, System.getenv(), progress);
    }

    static Path find(GoTool tool, Map<String, String> environment, Progress progress) throws InterruptedException {
        Platform platform = Platform.current();
        Path tools = ControlPlaneBinaries.cacheDirectory(environment, platform).resolveSibling("tools");
        Path program = tools.resolve(tool.fileName() + "-" + tool.version() + platform.suffix())
                .resolve(tool.fileName());
        if (Files.isExecutable(program)) {
            return program;
        }
        try (ExclusiveLock lock =
                ExclusiveLock.take(tools.resolve("lock"), "another process that builds tools", progress)) {
            if (!Files.isExecutable(program)) {
                build(tool, environment, tools, program.getParent(), progress);
            }
            return program;
        }
    }

    private static void build(
            GoTool tool, Map<String, String> environment, Path tools, Path directory, Progress progress)
            throws InterruptedException {
        String what = "building " + tool.fileName() + " " + tool.version();
        progress.line(what + " from Go modules; this is done once");
        try {
            OwnFiles.makeDirectory(directory);
            Path work = Files.createTempDirectory(tools, "build-");
            try {
                new GoCompiler(environment)
                        .compile(tool.source(), work, directory, new Heartbeat(progress, what), progress);
            } finally {
                OwnFiles.delete(work);
            }
        } catch (IOException | CannotMakeException e) {
            throw new ControlPlaneException(
                    "there is no " + tool.fileName() + " " + tool.version()
                            + ", and it cannot be built from Go modules: "
                            + (e instanceof IOException io ? Failures.reason(io) : e.getMessage()),
                    e);
        }
    }
}
