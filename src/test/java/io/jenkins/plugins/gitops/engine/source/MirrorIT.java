package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.text;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.gitops.engine.disk.Folders;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Remote repositories as {@code git} itself serves them. */
public class MirrorIT {
    @ClassRule
    public static final TestTls TLS = new TestTls();

    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private Duration timeout = Duration.ofSeconds(20);
    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    private Path root;
    private Path served;
    private GitBinary git;
    private GitServer server;
    private String url;

    @BeforeClass
    public static void needsGit() {
        GitBinary.assumeInstalled();
    }

    @Before
    public void init() throws Exception {
        root = temporary.getRoot().toPath().toRealPath();
        git = new GitBinary(temporary.newFolder("home").toPath());
        served = temporary.newFolder("served").toPath();
        git.run(root, "init", "-q", "-b", "main", "work");
        git.run(served, "init", "-q", "--bare", "-b", "main", "config.git");
        git.run(root.resolve("work"), "remote", "add", "origin", "../served/config.git");
        push("a: 1\n", "main");
        server = GitServer.https(served, TLS.context());
        url = server.url("localhost", "config.git");
    }

    @After
    public void close() {
        server.close();
    }

    @Test
    public void gitsOwnHttpServerIsRead() throws Exception {
        server.answering(this::httpBackend);
        try (ConfigRepository repository = open(url, null)) {
            assertEquals("main", repository.revision().ref());
            assertEquals("a: 1\n", text(repository.tree(), "a.yaml"));
        }
        git.run(root.resolve("work"), "tag", "-a", "v1", "-m", "one");
        git.run(root.resolve("work"), "push", "-q", "origin", "v1");
        String second = push("a: 2\n", "main");
        git.run(served.resolve("config.git"), "gc", "-q");
        try (ConfigRepository repository = open(url, null)) {
            assertEquals(second, repository.revision().commit());
            assertEquals("a: 2\n", text(repository.tree(), "a.yaml"));
        }
        try (ConfigRepository repository = open(url, "v1")) {
            assertEquals("a: 1\n", text(repository.tree(), "a.yaml"));
        }
        git.run(served.resolve("config.git"), "symbolic-ref", "HEAD", "refs/heads/next");
        String next = push("a: 3\n", "next");
        try (ConfigRepository repository = open(url, null)) {
            assertEquals("next", repository.revision().ref());
            assertEquals(next, repository.revision().commit());
        }
        String unknown = "0123456789abcdef0123456789abcdef01234567";
        assertEquals(
                url + " has no branch, tag or commit \"" + unknown + "\"; it has main, next, v1",
                problemsOf(() -> open(url, unknown)));
        // A commit that was pushed over: git gives it to who knows its name.
        git.run(root.resolve("work"), "push", "-qf", "origin", "v1^{commit}:refs/heads/next");
        Folders.delete(root.resolve("cache"));
        try (ConfigRepository repository = open(url, next)) {
            assertEquals("a: 3\n", text(repository.tree(), "a.yaml"));
        }
    }

    @Test
    public void gitsOwnHttpServerAsksForCredentials() throws Exception {
        GitServer.Answer guard = GitServer.requiring("ada", "s3cret");
        server.answering(exchange -> guard.to(exchange) || httpBackend(exchange));
        open(url, null, GitCredentials.of("ada", "s3cret")).close();
        String problem = problemsOf(() -> open(url, null, GitCredentials.of("ada", "wr0ng")));
        assertEquals(
                "localhost refused the user name, password or token for " + url
                        + "; check that they are right, have not expired, and may read the repository",
                problem);
        assertFalse(progress.toString().contains("s3cret"));
    }

    @Test
    public void aPlainFileServerIsRead() throws Exception {
        git.run(root.resolve("work"), "push", "-q", "origin", "main:refs/heads/other");
        git.run(served.resolve("config.git"), "update-server-info");
        server.answering(this::files);
        try (ConfigRepository repository = open(url, null)) {
            assertEquals("main", repository.revision().ref());
            assertEquals("a: 1\n", text(repository.tree(), "a.yaml"));
        }
        String second = push("a: 2\n", "main");
        git.run(served.resolve("config.git"), "gc", "-q");
        git.run(served.resolve("config.git"), "update-server-info");
        try (ConfigRepository repository = open(url, null)) {
            assertEquals(second, repository.revision().commit());
        }
    }

    @Test
    public void gitsOwnDaemonIsRead() throws Exception {
        int port = 0;
        Process daemon = null;
        while (daemon == null) {
            port = freePort();
            daemon = daemonOn(port);
        }
        try {
            String daemonUrl = "git://127.0.0.1:" + port + "/config.git";
            try (ConfigRepository repository = open(daemonUrl, "main")) {
                assertEquals("a: 1\n", text(repository.tree(), "a.yaml"));
            }
            String missing = "git://127.0.0.1:" + port + "/missing.git";
            assertEquals(
                    missing + " refused to be fetched: access denied or repository not exported: /missing.git;"
                            + " ask who runs the server",
                    problemsOf(() -> open(missing, null)));
        } finally {
            daemon.descendants().forEach(ProcessHandle::destroy);
            daemon.destroy();
            daemon.waitFor();
        }
    }

    @Test
    public void aSilentDaemonEndsAfterTheTimeout() throws Exception {
        timeout = Duration.ofSeconds(2);
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String silent = "git://localhost:" + mute.getLocalPort() + "/config.git";
            assertEquals(
                    "localhost did not answer within 2 s; try again, check the network",
                    problemsOf(() -> open(silent, null)));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** A daemon that listens; {@code null} where somebody else has taken the port meanwhile. */
    private Process daemonOn(int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "git",
                "daemon",
                "--verbose",
                "--listen=127.0.0.1",
                "--port=" + port,
                "--export-all",
                "--base-path=" + served);
        git.configure(builder.environment());
        Process daemon = builder.redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        BufferedReader out = daemon.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("Ready to rumble")) {
                return daemon;
            }
            said.append(line).append('\n');
        }
        assertTrue(
                said.toString(),
                said.toString().contains("in use") || said.toString().contains("listen"));
        return null;
    }

    private String push(String content, String branch) throws Exception {
        Path work = root.resolve("work");
        Files.writeString(work.resolve("a.yaml"), content);
        git.run(work, "add", ".");
        git.run(work, "commit", "-qm", content.strip());
        git.run(work, "push", "-q", "origin", "HEAD:refs/heads/" + branch);
        return git.run(work, "rev-parse", "HEAD");
    }

    private ConfigRepository open(String repo, String revision) throws Exception {
        return open(repo, revision, null);
    }

    private ConfigRepository open(String repo, String revision, GitCredentials credentials) throws Exception {
        RepositoryPolicy policy = RepositoryPolicy.remoteOnly().withTimeout(timeout);
        return ConfigRepository.open(
                new RepositoryRequest(repo, revision, false, policy, credentials),
                root.resolve("cache"),
                progress::add);
    }

    /** Nothing but files, as any web server gives them. */
    private boolean files(HttpExchange exchange) throws IOException {
        Path file = served.resolve(exchange.getRequestURI().getPath().substring(1));
        if (!Files.isRegularFile(file)) {
            GitServer.send(exchange, 404, "text/plain", "not found");
            return true;
        }
        byte[] content = Files.readAllBytes(file);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        return true;
    }

    /** Runs {@code git http-backend} as a web server would run any CGI program. */
    private boolean httpBackend(HttpExchange exchange) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        git.configure(builder.environment());
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", served.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        put(environment, "QUERY_STRING", exchange.getRequestURI().getQuery());
        put(environment, "CONTENT_TYPE", exchange.getRequestHeaders().getFirst("Content-Type"));
        put(environment, "HTTP_CONTENT_ENCODING", exchange.getRequestHeaders().getFirst("Content-Encoding"));
        put(environment, "GIT_PROTOCOL", exchange.getRequestHeaders().getFirst("Git-Protocol"));
        byte[] body = exchange.getRequestBody().readAllBytes();
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        Process process = builder.start();
        process.getOutputStream().write(body);
        process.getOutputStream().close();
        InputStream answer = new BufferedInputStream(process.getInputStream());
        int status = 200;
        for (String line = header(answer); !line.isEmpty(); line = header(answer)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        answer.transferTo(exchange.getResponseBody());
        return true;
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    private static String header(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
