package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.disk.WholeFile;
import io.jenkins.plugins.gitops.engine.manifest.Digests;
import io.jenkins.plugins.gitops.engine.probe.ProbeState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the last probe of an app has seen, in a file: where it is lost or cannot be written, the next one takes longer. */
final class ProbeMemory {

    private final Path folder;
    private final Path file;

    ProbeMemory(Path cacheDirectory, String server, String app, String namespace) {
        this.folder = cacheDirectory.resolve("probes");
        this.file = folder.resolve(Digests.of(server + "\n" + app + "\n" + namespace));
    }

    ProbeState load() {
        try {
            return ProbeState.parse(Files.readString(file));
        } catch (IOException e) {
            return ProbeState.NONE;
        }
    }

    void save(ProbeState state) {
        try {
            Files.createDirectories(folder);
            WholeFile.writePrivately(file, state.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The next probe lists everything.
        }
    }
}
