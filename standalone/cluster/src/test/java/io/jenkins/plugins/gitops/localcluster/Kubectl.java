package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The real kubectl, as an administrator of one cluster. */
record Kubectl(Path binary, Path kubeconfig) {

    static Kubectl of(TestCluster cluster) {
        return new Kubectl(cluster.kubectl(), cluster.kubeconfig());
    }

    /**
     * @return what it printed, without white space around
     * @throws AssertionError if it fails; says what it printed
     */
    String run(String... arguments) throws IOException, InterruptedException {
        return runWith("", arguments);
    }

    /** Applies YAML. */
    String apply(String namespace, String yaml) throws IOException, InterruptedException {
        return runWith(yaml, "apply", "--namespace=" + namespace, "-f", "-");
    }

    private String runWith(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--kubeconfig=" + kubeconfig));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", arguments) + ":\n" + output);
        }
        return output;
    }
}
