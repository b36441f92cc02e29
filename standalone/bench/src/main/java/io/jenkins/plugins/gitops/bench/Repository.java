package io.jenkins.plugins.gitops.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * A config repository such as a company of many teams has: some services for each team, each with its own folder and an
 * object in every file. The same arguments make the same files.
 */
final class Repository {

    private static final String CLAIM = "persistentvolumeclaim";

    /** Of every service, in this order. */
    private static final List<String> OF_A_SERVICE = List.of(
            "serviceaccount",
            "configmap",
            "secret",
            "role",
            "rolebinding",
            "service",
            "deployment",
            "ingress",
            "networkpolicy",
            "poddisruptionbudget",
            "horizontalpodautoscaler",
            "backup");

    /** Of every fourth one besides. */
    private static final List<String> OF_SOME = List.of("statefulset", CLAIM, "cronjob");

    /** How many kinds one that is large enough declares, the namespaces and the definition included. */
    static int kinds() {
        return OF_A_SERVICE.size() + OF_SOME.size() + 2;
    }

    private static final int SERVICES_OF_A_TEAM = 20;
    private static final PersonIdent AUTHOR = new PersonIdent("Bench", "bench@example.org");

    private final Path directory;
    private final String prefix;
    private final Map<String, String> templates = new HashMap<>();
    private final List<Path> files = new ArrayList<>();

    private Repository(Path directory, String prefix) {
        this.directory = directory;
        this.prefix = prefix;
    }

    /**
     * Writes and commits it.
     *
     * @param prefix of the namespaces and the API group, so that several stand side by side in one cluster
     * @param size how many objects
     */
    static Repository generate(Path directory, String prefix, int size) throws IOException {
        Repository repository = new Repository(directory, prefix);
        repository.write(size);
        repository.commit("Declare " + size + " objects");
        return repository;
    }

    Path directory() {
        return directory;
    }

    /** The manifests: the definitions first, then the services. */
    List<Path> files() {
        return files;
    }

    /** The first team's namespace. */
    String home() {
        return prefix + "-team-0";
    }

    /** The files of objects that a hand can change: every service has some. */
    List<Path> deployments() {
        return files.stream().filter(file -> file.endsWith("deployment.yaml")).toList();
    }

    /** Takes the last services out of it and commits that. */
    List<Path> remove(int objects) throws IOException {
        List<Path> last = new ArrayList<>(files.subList(files.size() - objects, files.size()));
        for (Path file : last) {
            Files.delete(file);
        }
        files.removeAll(last);
        commit("Remove " + objects + " objects");
        return last;
    }

    private void write(int size) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("prefix", prefix);
        add("definitions", "crd", values);
        for (int service = 0; files.size() < size; service++) {
            String team = "team-" + service / SERVICES_OF_A_TEAM;
            values.put("team", team);
            values.put("namespace", prefix + "-" + team);
            values.put("number", String.valueOf(service % 97));
            values.put("name", "service-" + service);
            values.put(
                    "base64",
                    Base64.getEncoder().encodeToString(("not-a-secret-" + service).getBytes(StandardCharsets.UTF_8)));
            if (service % SERVICES_OF_A_TEAM == 0) {
                add(team, "namespace", values);
            }
            List<String> kinds = new ArrayList<>(OF_A_SERVICE);
            if (service % 4 == 0) {
                kinds.addAll(OF_SOME);
            }
            // Of what is pruned later none: a claim is there until a controller lets it go, and none runs here.
            boolean claims = files.size() < size - size / 5;
            for (String kind : kinds) {
                if (files.size() < size && (claims || !kind.equals(CLAIM))) {
                    add(team + "/service-" + service, kind, values);
                }
            }
        }
    }

    private void add(String folder, String template, Map<String, String> values) throws IOException {
        Path file = directory.resolve("apps").resolve(folder).resolve(template + ".yaml");
        Files.createDirectories(file.getParent());
        String text = template(template);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        Files.writeString(file, text);
        files.add(file);
    }

    private String template(String name) throws IOException {
        String known = templates.get(name);
        if (known == null) {
            try (InputStream in = Repository.class.getResourceAsStream("templates/" + name + ".yaml")) {
                known = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            templates.put(name, known);
        }
        return known;
    }

    /** Packed as a clone is. */
    private void commit(String message) throws IOException {
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()) {
            git.add().addFilepattern(".").call();
            git.add().addFilepattern(".").setUpdate(true).call();
            git.commit()
                    .setMessage(message)
                    .setAuthor(AUTHOR)
                    .setCommitter(AUTHOR)
                    .setSign(false)
                    .call();
            git.gc().call();
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }
}
