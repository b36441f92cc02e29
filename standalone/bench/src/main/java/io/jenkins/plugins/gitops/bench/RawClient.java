package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The PATCHes that the objects need, made ready beforehand, sent over one HTTP/2 connection as many at once as the engine
 * does, and the answers thrown away.
 */
final class RawClient {

    /** As many as the engine has under way. */
    private static final int WIDTH = 16;

    private static final long LONGEST_WAIT = 10_000;

    private static final Set<String> CLUSTER_SCOPED = Set.of("Namespace", "CustomResourceDefinition");

    private final Server server;
    private final AtomicLong answerBytes = new AtomicLong();

    RawClient(Server server) {
        this.server = server;
    }

    /** One object, ready to be sent. */
    record Item(String kind, String path, byte[] body) {}

    static List<Item> items(List<Path> files) throws IOException {
        List<Item> items = new ArrayList<>();
        for (Path file : files) {
            for (Manifest manifest : ManifestReader.read(file.toString(), Files.readAllBytes(file))
                    .manifests()) {
                items.add(new Item(
                        manifest.kind(),
                        path(manifest),
                        new ObjectMapper().writeValueAsString(manifest.json()).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return items;
    }

    /** Of the answers so far. */
    long answerBytes() {
        return answerBytes.get();
    }

    /** Definitions, then everything in a dry run, then everything. */
    void firstSync(List<Item> items) throws IOException, InterruptedException {
        apply(items.stream()
                .filter(item -> CLUSTER_SCOPED.contains(item.kind()))
                .toList());
        for (Item item : items) {
            if (item.kind().equals("CustomResourceDefinition")) {
                awaitServed(item);
            }
        }
        dryRun(items);
        apply(items);
    }

    /** The server takes a moment to serve what a definition defines. */
    private void awaitServed(Item definition) throws IOException, InterruptedException {
        String name = definition.path().substring(definition.path().lastIndexOf('/') + 1);
        int dot = name.indexOf('.');
        String collection = "/apis/" + name.substring(dot + 1) + "/v1/" + name.substring(0, dot);
        long deadline = System.nanoTime() + LONGEST_WAIT * 1_000_000L;
        while (!server.serves(collection + "?limit=1")) {
            if (System.nanoTime() > deadline) {
                throw new IOException(collection + " is not served after " + LONGEST_WAIT + " ms");
            }
            Thread.sleep(10);
        }
    }

    void dryRun(List<Item> items) throws IOException, InterruptedException {
        send(items, "PATCH", "&dryRun=All");
    }

    void apply(List<Item> items) throws IOException, InterruptedException {
        send(items, "PATCH", "");
    }

    void delete(List<Item> items) throws IOException, InterruptedException {
        Parallel.<Item, IOException>forEach(
                items, WIDTH, item -> answerBytes.addAndGet(server.send("DELETE", item.path(), null, null)));
    }

    private void send(List<Item> items, String method, String query) throws IOException, InterruptedException {
        Parallel.<Item, IOException>forEach(
                items,
                WIDTH,
                item -> answerBytes.addAndGet(server.send(
                        method,
                        item.path() + "?fieldManager=raw&force=true&fieldValidation=Strict" + query,
                        Server.APPLY,
                        item.body())));
    }

    static String path(Manifest manifest) {
        String apiVersion = manifest.apiVersion();
        String scope = CLUSTER_SCOPED.contains(manifest.kind()) ? "" : "/namespaces/" + manifest.namespace();
        String root = apiVersion.contains("/") ? "/apis/" : "/api/";
        return root + apiVersion + scope + "/" + plural(manifest.kind()) + "/" + manifest.name();
    }

    private static String plural(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        if (lower.endsWith("s")) {
            return lower + "es";
        }
        return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }
}
