package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The limit: {@code sync} for the first time, {@code dry-run}, {@code heal} and {@code prune}; see {@link RawClient}. */
public final class RawMain extends Worker {

    private final Path kubeconfig;
    private final Map<String, List<RawClient.Item>> items = new HashMap<>();

    private RawMain(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** @param args kubeconfig */
    public static void main(String[] args) throws Exception {
        new RawMain(Path.of(args[0])).serve();
    }

    @Override
    void prepare(String command, String repository) throws IOException {
        if (!items.containsKey(repository)) {
            try (Stream<Path> files = Files.walk(Path.of(repository, "apps"))) {
                items.put(
                        repository,
                        RawClient.items(
                                files.filter(Files::isRegularFile).sorted().toList()));
            }
        }
    }

    @Override
    void run(String command, String repository, String namespace, ObjectNode answer) throws Exception {
        List<RawClient.Item> all = items.get(repository);
        int size = all.size();
        try (Server server = Server.connect(kubeconfig)) {
            RawClient client = new RawClient(server);
            switch (command) {
                case "sync" -> client.firstSync(all);
                case "dry-run" -> client.dryRun(all);
                case "heal" -> {
                    client.dryRun(all);
                    client.apply(all.subList(size - size / 100, size));
                }
                case "prune" -> {
                    int kept = size - size / 10;
                    client.dryRun(all.subList(0, kept));
                    client.delete(all.subList(kept, size));
                }
                default -> throw new IllegalArgumentException(command);
            }
            answer.put("answerBytes", client.answerBytes());
        }
    }
}
