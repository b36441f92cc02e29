package io.jenkins.plugins.gitops.engine.cluster;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A kubeconfig, read as data. Nothing in it is acted on while it is read: what would run a program is refused, and
 * files that it points to are read only where the caller allows that (on a person's own machine, never for a kubeconfig
 * that came as a Jenkins credential).
 */
public final class Kubeconfig {

    private final String name;
    private final Path folder;
    private final List<Map<String, Object>> documents;

    private Kubeconfig(String name, Path folder, List<Map<String, Object>> documents) {
        this.name = name;
        this.folder = folder;
        this.documents = documents;
    }

    /**
     * A kubeconfig that came as text. Paths of files in it are refused.
     *
     * @param name what to call it in messages, such as {@code credential prod-kubeconfig}
     */
    public static Kubeconfig parse(String name, String yaml) throws BadInputException {
        return new Kubeconfig(name, null, List.of(load(name, yaml)));
    }

    /**
     * The kubeconfig files of a person; the first that names a context, cluster or user wins, as {@code kubectl} has
     * it. Relative paths in them are relative to the first file's folder.
     */
    public static Kubeconfig read(List<Path> files) throws BadInputException {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Path file : files) {
            try {
                documents.add(load(file.toString(), Files.readString(file)));
            } catch (IOException e) {
                throw new BadInputException(
                        "kubeconfig " + file + " cannot be read",
                        "name another with --kubeconfig, or bring up a local cluster with ./gitops cluster up");
            }
        }
        String name = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new Kubeconfig(
                "kubeconfig " + name, files.get(0).toAbsolutePath().getParent(), documents);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> load(String name, String yaml) throws BadInputException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(20);
        Object document;
        try {
            document = new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (MarkedYAMLException e) {
            // The parser's own text quotes the line, which may hold a token.
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new BadInputException("kubeconfig " + name + " is not YAML (line " + line + ")", "");
        } catch (YAMLException e) {
            throw new BadInputException("kubeconfig " + name + " is not YAML", "");
        }
        if (!(document instanceof Map)) {
            throw new BadInputException("kubeconfig " + name + " is empty or not a mapping", "");
        }
        return (Map<String, Object>) document;
    }

    /**
     * The cluster and credential of one context.
     *
     * @param context its name; {@code null} for {@code current-context}
     * @throws BadInputException if there is no such context, or it asks for something that is refused
     * @throws ClusterException if the server's URL is refused
     */
    public ClusterAccess access(String context) throws BadInputException, ClusterException {
        String wanted = context != null ? context : currentContext();
        Map<String, Object> entry = entry("contexts", "context", wanted);
        Map<String, Object> cluster = entry("clusters", "cluster", text(entry, "cluster"));
        Map<String, Object> user = entry("users", "user", text(entry, "user"));
        refusePrograms(user, text(entry, "user"));

        String server = text(cluster, "server");
        if (server == null) {
            throw bad("cluster " + text(entry, "cluster") + " names no server");
        }
        ClusterAccess access = new ClusterAccess(server)
                .name(wanted)
                .caCertificate(pem(cluster, "certificate-authority"))
                .insecureSkipTlsVerify(Boolean.TRUE.equals(cluster.get("insecure-skip-tls-verify")))
                .tlsServerName(text(cluster, "tls-server-name"))
                .proxyUrl(text(cluster, "proxy-url"))
                .token(token(user))
                .basic(text(user, "username"), text(user, "password"))
                .clientCertificate(pem(user, "client-certificate"), pem(user, "client-key"))
                .namespace(text(entry, "namespace"));
        if (!access.hasCredential()) {
            throw bad("user " + text(entry, "user") + " has no token, client certificate or password");
        }
        return access;
    }

    private String currentContext() throws BadInputException {
        for (Map<String, Object> document : documents) {
            String current = text(document, "current-context");
            if (current != null) {
                return current;
            }
        }
        throw new BadInputException(name + " has no current-context", "name a context");
    }

    private Map<String, Object> entry(String list, String kind, String wanted) throws BadInputException {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> document : documents) {
            if (document.get(list) instanceof List<?> entries) {
                for (Object candidate : entries) {
                    if (candidate instanceof Map<?, ?> map && map.get("name") instanceof String found) {
                        if (found.equals(wanted) && map.get(kind) instanceof Map<?, ?> body) {
                            return cast(body);
                        }
                        names.add(found);
                    }
                }
            }
        }
        throw new BadInputException(
                name + " has no " + kind + " named " + wanted,
                names.isEmpty() ? "it has none at all" : "it has " + String.join(", ", names));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private void refusePrograms(Map<String, Object> user, String userName) throws BadInputException {
        for (String key : List.of("exec", "auth-provider")) {
            if (user.containsKey(key)) {
                throw new BadInputException(
                        name + ": user " + userName + " wants to run a program (" + key + "), which is refused",
                        "give it a token or a client certificate instead, such as the token of a service account");
            }
        }
        for (String key : List.of("as", "as-groups", "as-uid", "as-user-extra")) {
            if (user.containsKey(key)) {
                throw bad("user " + userName + " impersonates another user (" + key + "), which is not supported");
            }
        }
    }

    private String token(Map<String, Object> user) throws BadInputException {
        String token = text(user, "token");
        String file = text(user, "tokenFile");
        return token != null || file == null ? token : readFile("tokenFile", file);
    }

    /** {@code <key>-data} in base64, or the file that {@code <key>} names. */
    private String pem(Map<String, Object> map, String key) throws BadInputException {
        String data = text(map, key + "-data");
        if (data != null) {
            try {
                return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
            } catch (IllegalArgumentException e) {
                throw bad(key + "-data is not base64");
            }
        }
        String file = text(map, key);
        return file == null ? null : readFile(key, file);
    }

    private String readFile(String key, String file) throws BadInputException {
        if (folder == null) {
            throw new BadInputException(
                    name + ": " + key + " points to a file, which is refused",
                    "embed it: kubectl config view --raw --flatten");
        }
        Path path = folder.resolve(file);
        try {
            return Files.readString(path, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw bad(key + ": " + path + " cannot be read");
        }
    }

    private static String text(Map<String, Object> map, String key) {
        Object value = map.get(key);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    private BadInputException bad(String message) {
        return new BadInputException(name + ": " + message, "");
    }
}
