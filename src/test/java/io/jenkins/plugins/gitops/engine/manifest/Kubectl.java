package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.localcluster.Binary;
import io.jenkins.plugins.gitops.localcluster.ControlPlaneBinaries;
import io.jenkins.plugins.gitops.localcluster.ControlPlaneException;
import io.jenkins.plugins.gitops.localcluster.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks the real kubectl what a file means. */
final class Kubectl {

    private final Path program;
    private final Path directory;

    private Kubectl(Path program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /**
     * @param directory for temporary files
     * @throws ControlPlaneException if there is no kubectl on this machine and none can be made
     */
    static Kubectl find(Path directory) throws InterruptedException {
        return new Kubectl(
                ControlPlaneBinaries.find(Options.defaults(), System.out::println)
                        .path(Binary.KUBECTL),
                directory);
    }

    /**
     * Has kubectl read a file and print what it would send. An empty patch of a local file needs no server and leaves
     * every field of every kind as it was decoded.
     */
    ObjectNode answer(String name, byte[] content) throws IOException, InterruptedException {
        ObjectNode answer = Corpus.JSON.createObjectNode().put("name", name);
        ArrayNode docs = read(content);
        if (docs == null) {
            return answer.put("refused", true);
        }
        ArrayNode bare = answer.putArray("docs");
        for (JsonNode doc : docs) {
            bare.add(Corpus.withoutHeader((ObjectNode) doc));
        }
        return answer;
    }

    /** The objects of a file; {@code null} where kubectl refuses it. */
    ArrayNode read(byte[] content) throws IOException, InterruptedException {
        Path file = Files.createTempFile(directory, "input", ".yaml");
        Path output = Files.createTempFile(directory, "output", ".json");
        try {
            Files.write(file, content);
            ProcessBuilder builder = new ProcessBuilder(
                    program.toString(), "patch", "--local", "--type=merge", "-p={}", "-o=json", "-f=" + file);
            builder.environment().put("KUBECONFIG", directory.resolve("none").toString());
            Process kubectl = builder.redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kubectl.waitFor(1, TimeUnit.MINUTES)) {
                kubectl.destroyForcibly();
                throw new IllegalStateException("kubectl does not end");
            }
            if (kubectl.exitValue() != 0) {
                return null;
            }
            ArrayNode docs = Corpus.JSON.createArrayNode();
            try (MappingIterator<JsonNode> values =
                    Corpus.JSON.readerFor(JsonNode.class).readValues(Files.readAllBytes(output))) {
                values.forEachRemaining(docs::add);
            }
            return docs;
        } finally {
            Files.delete(file);
            Files.delete(output);
        }
    }
}
