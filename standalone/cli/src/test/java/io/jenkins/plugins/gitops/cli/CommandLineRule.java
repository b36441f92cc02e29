package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.localcluster.TestCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.rules.TemporaryFolder;

/** The command line as a person at a terminal has it, with a folder for files and for a config repository. */
public class CommandLineRule extends TemporaryFolder {

    private String out = "";
    private String err = "";

    /** Runs a command here and returns its exit code. */
    int run(List<String> arguments) {
        StringWriter outWriter = new StringWriter();
        StringWriter errWriter = new StringWriter();
        int code = Gitops.commandLine()
                .setOut(new PrintWriter(outWriter))
                .setErr(new PrintWriter(errWriter))
                .execute(arguments.toArray(String[]::new));
        out = outWriter.toString();
        err = errWriter.toString();
        return code;
    }

    int run(String... arguments) {
        return run(List.of(arguments));
    }

    /** As {@link #run}, in a process of its own: for what is decided by its environment, to which this is added. */
    int runApart(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Gitops.class.getName()));
        command.addAll(List.of(arguments));
        Path errors = newFile().toPath();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("KUBECONFIG", "XDG_CACHE_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        err = Files.readString(errors);
        return code;
    }

    /** Says what the command wrote, if its exit code is another. */
    void assertExit(int expected, int code) {
        assertEquals(out + err, expected, code);
    }

    /** What the last command wrote to standard output. */
    String out() {
        return out;
    }

    /** What the last command wrote to standard error. */
    String err() {
        return err;
    }

    /** Both. */
    String said() {
        return out + err;
    }

    /** Where a file of the config repository is, or of the folder that is to become one. */
    Path file(String name) {
        return getRoot().toPath().resolve(name);
    }

    Path write(String name, String text) throws IOException {
        Path file = file(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file;
    }

    /** Commits a folder as it stands, and makes it a repository before, if it is none. */
    Path commit(String folder) throws IOException {
        Path repository = file(folder);
        try (Git git = Files.exists(repository.resolve(".git"))
                ? Git.open(repository.toFile())
                : Git.init()
                        .setDirectory(repository.toFile())
                        .setInitialBranch("main")
                        .call()) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setSign(false)
                    .setAuthor("t", "t@example.org")
                    .setCommitter("t", "t@example.org")
                    .setMessage("As it stands")
                    .call();
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
        return repository;
    }

    /** Runs a program, with this folder as its home, and returns what it writes to standard output. */
    String command(String... words) throws IOException, InterruptedException {
        Path errors = newFile().toPath();
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
        builder.environment().put("HOME", getRoot().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(String.join(" ", words) + ": " + Files.readString(errors), 0, process.waitFor());
        return output;
    }

    /** Runs kubectl as an administrator of the test cluster; {@code input} is what {@code -f -} reads. */
    String kubectl(String input, String... arguments) throws IOException, InterruptedException {
        TestCluster cluster = TestCluster.get();
        List<String> command =
                new ArrayList<>(List.of(cluster.kubectl().toString(), "--kubeconfig=" + cluster.kubeconfig()));
        command.addAll(List.of(arguments));
        Path output = newFile().toPath();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        int code = process.waitFor();
        String text = Files.readString(output).strip();
        assertEquals("kubectl " + String.join(" ", arguments) + ": " + text, 0, code);
        return text;
    }
}
