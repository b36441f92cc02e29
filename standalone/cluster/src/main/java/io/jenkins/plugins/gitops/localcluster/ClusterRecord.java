package io.jenkins.plugins.gitops.localcluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What must be known of a control plane to find it again: {@code cluster.json}.
 *
 * @param home the directory in which it was started; its processes name it on their command lines
 * @param version the API server's version, such as {@code v1.36.3}
 * @param serverPort the API server's port on loopback
 * @param etcdPort etcd's port on loopback
 * @param controllers whether the controllers were started too
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClusterRecord(String home, String version, int serverPort, int etcdPort, boolean controllers) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static Optional<ClusterRecord> read(ClusterDirectory directory) {
        Path file = directory.record();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), ClusterRecord.class));
        } catch (IOException e) {
            throw new ControlPlaneException(
                    file + " cannot be read: " + Failures.reason(e) + "; end the control plane's processes (run/*.pid),"
                            + " remove the directory and start anew",
                    e);
        }
    }

    void write(ClusterDirectory directory) throws IOException {
        OwnFiles.write(directory.record(), JSON.writeValueAsString(this) + "\n");
    }

    URI server() {
        return URI.create("https://127.0.0.1:" + serverPort);
    }
}
