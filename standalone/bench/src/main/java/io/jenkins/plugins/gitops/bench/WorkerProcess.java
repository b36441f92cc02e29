package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own in which something runs on demand; see {@link Worker}. */
final class WorkerProcess implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final long startMillis;

    private WorkerProcess(Process process) throws IOException {
        this.process = process;
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.startMillis = answer().path("startMillis").asLong();
    }

    /**
     * @param worker with a {@code main} that takes the arguments
     * @param jvmOptions such as {@code -Xmx256m}
     */
    static WorkerProcess start(Class<? extends Worker> worker, List<String> jvmOptions, Path... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), worker.getName()));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        return new WorkerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .directory(new File("."))
                .start());
    }

    /** From the start of the process to {@code main}. */
    long startMillis() {
        return startMillis;
    }

    /**
     * Runs once.
     *
     * @param command one that the worker knows
     */
    JsonNode run(String command, Repository repository) throws IOException {
        in.write(command + "\t" + repository.directory() + "\t" + repository.home() + "\n");
        in.flush();
        return answer();
    }

    private JsonNode answer() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the JVM has ended");
        }
        JsonNode answer = MAPPER.readTree(line);
        if (answer.has("error")) {
            throw new IOException("it failed: " + answer.path("error").asText());
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
