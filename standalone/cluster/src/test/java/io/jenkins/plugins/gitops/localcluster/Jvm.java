package io.jenkins.plugins.gitops.localcluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another JVM, with this one's class path; its lines are read as they come. */
final class Jvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private Jvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Jvm run(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        return new Jvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /**
     * @return the first line to come that begins so
     * @throws AssertionError if the JVM ends without it; says what it wrote
     */
    String lineWith(String beginning) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            read.append(line).append('\n');
        }
        throw new AssertionError("no line began with " + beginning + ":\n" + read);
    }

    /** As Ctrl-C or a service manager ends it. */
    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** As nothing can prevent. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
