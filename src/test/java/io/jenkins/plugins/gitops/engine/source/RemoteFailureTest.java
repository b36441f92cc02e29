package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.everythingBelow;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.text;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a person is told when a remote repository cannot be read, and what a server never gets to see. */
public class RemoteFailureTest {
    private static final String SECRET = "gh/p_s3cret+token";
    private static final GitCredentials CREDENTIALS = GitCredentials.of("ada", SECRET);

    @ClassRule
    public static final TestTls TLS = new TestTls();

    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    private Path cache;
    private GitFixture origin;
    private GitServer plain;
    private GitServer secure;

    @Before
    public void init() throws Exception {
        Path root = temporary.getRoot().toPath();
        cache = root.resolve("cache");
        origin = GitFixture.init(root.resolve("served/config"));
        origin.write("a.yaml", "a: 1\n").commit("first");
        plain = GitServer.http(root.resolve("served"));
        secure = GitServer.https(root.resolve("served"), TLS.context());
    }

    @After
    public void close() {
        plain.close();
        secure.close();
        origin.close();
    }

    @Test
    public void rightCredentialsAreSentOnceTheyAreAskedFor() throws Exception {
        secure.answering(GitServer.requiring("ada", SECRET));
        String url = secure.url("localhost", "config");
        try (ConfigRepository repository = open(url, CREDENTIALS)) {
            assertEquals("a: 1\n", text(repository.tree(), "a.yaml"));
            assertEquals(url, repository.displayUrl());
        }
        assertEquals("GET /config/info/refs", secure.requests().get(0));

        String within = url.replace("https://", "https://ada:gh%2Fp_s3cret%2Btoken@");
        try (ConfigRepository repository = open(within, null)) {
            assertEquals(url, repository.displayUrl());
        }
        assertEquals("one mirror for both", 1, mirrors());
    }

    @Test
    public void refusedCredentialsAreSaidAndNotTriedAgain() throws Exception {
        secure.answering(GitServer.requiring("ada", "another"));
        String url = secure.url("localhost", "config");
        String refused = "localhost refused the user name, password or token for " + url
                + "; check that they are right, have not expired, and may read the repository";
        assertEquals(refused, failure(url, CREDENTIALS));
        assertEquals(List.of("GET /config/info/refs", "GET /config/info/refs secret"), secure.requests());
        assertEquals(refused, failure(url.replace("https://", "https://ada:gh%2Fp_s3cret%2Btoken@"), null));
        assertEquals(refused, failure(url.replace("https://", "https://gh%2Fp_s3cret%2Btoken@"), null));
        assertEquals(
                "localhost asks for a user name and a password or token, and none were given;"
                        + " give credentials that may read " + url,
                failure(url, null));
    }

    @Test
    public void anotherWayToAuthenticateIsSaid() {
        secure.answering(exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"x\"");
            return GitServer.status(401).to(exchange);
        });
        assertEquals(
                "localhost asks for credentials in a way that is not spoken here;"
                        + " enable basic authentication for Git over https, or use ssh",
                failure(secure.url("localhost", "config"), CREDENTIALS));
    }

    @Test
    public void credentialsAreNeverSentOverPlainHttp() throws Exception {
        plain.answering(GitServer.requiring("ada", SECRET));
        String url = plain.url("localhost", "config");
        String refused = "localhost asks for credentials, which are never sent over plain http; use the https URL";
        assertEquals(refused, failure(url, CREDENTIALS));
        assertEquals(refused, failure(url.replace("http://", "http://ada:s3cret@"), null));
        assertNoSecrets(plain);

        plain.answering(exchange -> false);
        open(url, CREDENTIALS).close();
        assertNoSecrets(plain);
    }

    @Test
    public void redirectsAreFollowedWithoutCredentials() throws Exception {
        GitServer other = GitServer.https(temporary.getRoot().toPath().resolve("served"), TLS.context());
        try (other) {
            secure.answering(GitServer.redirectingTo("https://127.0.0.1:" + other.port()));
            String url = secure.url("localhost", "config");
            try (ConfigRepository repository = open(url, CREDENTIALS)) {
                assertEquals("a: 1\n", text(repository.tree(), "a.yaml"));
                assertEquals(url, repository.displayUrl());
            }
            other.answering(GitServer.requiring("ada", SECRET));
            assertEquals(
                    url + " redirects to 127.0.0.1:" + other.port() + ", which asks for credentials;"
                            + " they are sent to no other server than the URL names; name the URL that it redirects to",
                    failure(url, CREDENTIALS));
            secure.answering(GitServer.redirectingTo("https://localhost:" + other.port()));
            assertEquals(
                    url + " redirects to localhost:" + other.port() + ", which asks for credentials;"
                            + " they are sent to no other server than the URL names; name the URL that it redirects to",
                    failure(url, CREDENTIALS));
            assertNoSecrets(other);
        }
    }

    @Test
    public void aRedirectAfterTheCredentialsWereSentGetsNone() throws Exception {
        GitServer other = GitServer.https(temporary.getRoot().toPath().resolve("served"), TLS.context());
        try (other) {
            GitServer.Answer guard = GitServer.requiring("ada", SECRET);
            GitServer.Answer redirect = GitServer.redirectingTo("https://127.0.0.1:" + other.port());
            secure.answering(exchange -> guard.to(exchange) || redirect.to(exchange));
            open(secure.url("localhost", "config"), CREDENTIALS).close();
            assertFalse(other.requests().isEmpty());
            other.answering(guard);
            failure(secure.url("localhost", "config"), CREDENTIALS);
            assertNoSecrets(other);
        }
    }

    @Test
    public void redirectsFromHttpsToHttpAreRefused() {
        secure.answering(GitServer.redirectingTo("http://localhost:" + plain.port()));
        String url = secure.url("localhost", "config");
        assertEquals(
                url + " cannot be read: Redirection blocked: redirect " + url + "/ -> http://localhost:" + plain.port()
                        + "/config/info/refs?service=git-upload-pack not allowed; check the URL and the server",
                failure(url, CREDENTIALS));
        assertEquals(List.of(), plain.requests());
    }

    @Test
    public void headersOfTheUsersConfigurationGoToTheNamedHostOnly() throws Exception {
        String url = secure.url("localhost", "config");
        open(url, null).close();
        Path config = everythingBelow(cache).stream()
                .filter(file -> file.endsWith(".git/config"))
                .map(cache::resolve)
                .findFirst()
                .orElseThrow();
        Files.writeString(
                config,
                Files.readString(config) + "[http]\n\textraHeader = \"Authorization: Basic czNjcmV0\"\n"
                        + "\textraHeader = \"PRIVATE-TOKEN: s3cret\"\n");
        secure.requests();
        open(url, null).close();
        assertTrue(secure.requests().get(0).endsWith(" secret"));

        GitServer other = GitServer.https(temporary.getRoot().toPath().resolve("served"), TLS.context());
        try (other) {
            secure.answering(GitServer.redirectingTo("https://127.0.0.1:" + other.port()));
            open(url, null).close();
            assertFalse(other.requests().isEmpty());
            open(url, null).close();
            assertNoSecrets(other);
        }
    }

    @Test
    public void answersOfTheServerAreSaidInPlainWords() {
        String url = plain.url("localhost", "config");
        plain.answering(GitServer.status(403));
        assertEquals(
                url + " refused access (403 Forbidden); check that the user or token may read the repository",
                failure(url, null));
        String missing = plain.url("localhost", "missing");
        plain.answering(exchange -> false);
        assertEquals(
                "There is no Git repository at " + missing
                        + "; check the URL; many servers also say so where the credentials may not read it",
                failure(missing, null));
        for (int status : new int[] {429, 500, 502, 503, 504}) {
            plain.answering(GitServer.status(status));
            assertEquals(
                    "localhost cannot answer now (HTTP status " + status + "); try again later", failure(url, null));
        }
        plain.answering(GitServer.status(418));
        assertEquals("localhost answered with HTTP status 418; check the URL and the server", failure(url, null));
    }

    @Test
    public void aPageThatIsNoRepositoryIsSaid() {
        plain.answering(exchange -> {
            GitServer.send(exchange, 200, "text/html", "<html>\u001b[31mWelcome</html>\n");
            return true;
        });
        String url = plain.url("localhost", "config");
        assertEquals(
                url + " does not answer as a Git repository does; name the URL that git clone takes",
                failure(url, null));
    }

    @Test
    public void serversThatCannotBeReachedAreSaid() throws Exception {
        String unreachable =
                "localhost cannot be reached: Connection refused; check the URL's host and port, the network, and any proxy";
        // Bound, so that nobody else can have it, and not listening.
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (String scheme : List.of("http", "https", "git")) {
                assertEquals(unreachable, failure(scheme + "://localhost:" + silent.getLocalPort() + "/config", null));
            }
        }
        assertEquals(
                "Host nowhere.invalid is not known; check the URL's spelling, and name resolution",
                failure("https://nowhere.invalid/config", null));
        assertEquals(
                "Host nowhere.invalid is not known; check the URL's spelling, and name resolution",
                failure("git://nowhere.invalid/config", null));
    }

    @Test
    public void aCertificateThatIsNotTrustedIsSaid() {
        TLS.distrustIt();
        try {
            String url = secure.url("localhost", "config");
            String problem = failure(url, CREDENTIALS);
            assertTrue(problem, problem.startsWith("localhost cannot be trusted: "));
            assertTrue(problem, problem.contains("unable to find valid certification path to requested target"));
            assertTrue(
                    problem,
                    problem.endsWith(
                            "; if its certificate comes from a private authority, add that to Java's trust store"));
            assertNoSecrets(secure);
        } finally {
            TLS.trustIt();
        }
    }

    @Test
    public void theUsersConfigurationCannotTurnTheCheckOfCertificatesOff() throws Exception {
        String url = secure.url("localhost", "config");
        open(url, null).close();
        Path config = everythingBelow(cache).stream()
                .filter(file -> file.endsWith(".git/config"))
                .map(cache::resolve)
                .findFirst()
                .orElseThrow();
        Files.writeString(config, "[http]\n\tsslVerify = false\n", StandardOpenOption.APPEND);
        TLS.distrustIt();
        try {
            String problem = failure(url, null);
            assertTrue(problem, problem.startsWith("localhost cannot be trusted: "));
        } finally {
            TLS.trustIt();
        }
    }

    @Test
    public void aConnectionThatBreaksIsSaidAndTheMirrorIsKept() throws Exception {
        String url = plain.url("localhost", "config");
        open(url, null).close();
        byte[] noise = new byte[4 << 20];
        new Random(1).nextBytes(noise);
        origin.write("noise.bin", noise).commit("noise");
        plain.answering(exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("git-upload-pack")) {
                exchange.setStreams(null, new Breaking(exchange.getResponseBody(), 1 << 20));
            }
            return false;
        });
        progress.clear();
        String problem = failure(url, null);
        assertTrue(problem, problem.startsWith("The connection to localhost broke: "));
        assertTrue(problem, problem.endsWith("; try again, check the network"));
        assertEquals(List.of(), progress);
        plain.answering(exchange -> false);
        open(url, null).close();
        assertEquals(List.of(), progress);
    }

    @Test
    public void sshNeedsSomebodyToOpenIt() {
        assertEquals(
                "git@git.example.com:team/config.git is an ssh URL, which cannot be fetched here;"
                        + " use its https URL, or clone it with git and name the clone",
                failure("git@git.example.com:team/config.git", null));
    }

    @Test
    public void aSilentServerEndsAfterTheTimeout() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        plain.answering(exchange -> {
            release.await(60, TimeUnit.SECONDS);
            return false;
        });
        String silent = "localhost did not answer within 1 s; try again, check the network";
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            for (int port : new int[] {plain.port(), mute.getLocalPort()}) {
                String url = "http://localhost:" + port + "/config";
                assertEquals(silent, problemsOf(() -> request(url, null, Duration.ofSeconds(1))));
            }
        } finally {
            release.countDown();
        }
    }

    @Test
    public void anInterruptEndsAFetchAndLeavesNothingHalfMade() throws Exception {
        for (String stage : List.of("info/refs", "git-upload-pack")) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            plain.answering(exchange -> {
                if (exchange.getRequestURI().getPath().endsWith(stage)) {
                    asked.countDown();
                    release.await(60, TimeUnit.SECONDS);
                }
                return false;
            });
            assertInterrupted(plain.url("localhost", "config"), asked);
            release.countDown();
        }
        plain.answering(exchange -> false);
        open(plain.url("localhost", "config"), null).close();
    }

    @Test
    public void anInterruptEndsADownload() throws Exception {
        byte[] noise = new byte[8 << 20];
        new Random(1).nextBytes(noise);
        origin.write("noise.bin", noise).commit("noise");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        plain.answering(exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("git-upload-pack")) {
                exchange.setStreams(null, new Stalling(exchange.getResponseBody(), 1 << 20, begun, release));
            }
            return false;
        });
        interrupt(plain.url("localhost", "config"), begun);
        // What was half-made goes away as soon as the connection ends: by the timeout, or when the server goes on.
        release.countDown();
        assertNothingLeft();
    }

    @Test
    public void anInterruptEndsTheWaitForAnotherFetch() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        plain.answering(exchange -> {
            asked.countDown();
            release.await(60, TimeUnit.SECONDS);
            return false;
        });
        String url = plain.url("localhost", "config");
        Thread first = new Thread(() -> {
            try {
                open(url, null).close();
            } catch (Exception e) {
                progress.add(e.toString());
            }
        });
        first.start();
        assertTrue(asked.await(30, TimeUnit.SECONDS));
        interrupt(url, new CountDownLatch(0));
        release.countDown();
        first.join();
        assertEquals(
                List.of("Fetching " + url + " for the first time", "Waiting for another fetch of the same repository"),
                progress);
    }

    /** Interrupts a thread that opens the URL once the latch is down, and expects it to end at once and cleanly. */
    private void assertInterrupted(String url, CountDownLatch when) throws Exception {
        interrupt(url, when);
        assertNothingLeft();
    }

    private void assertNothingLeft() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!leftovers().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertEquals(List.of(), leftovers());
    }

    private void interrupt(String url, CountDownLatch when) throws Exception {
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread opening = new Thread(() -> {
            try {
                request(url, null, Duration.ofSeconds(120)).close();
            } catch (Throwable e) {
                ended.set(e);
            }
        });
        opening.start();
        assertTrue(when.await(30, TimeUnit.SECONDS));
        Thread.sleep(200);
        opening.interrupt();
        // Sooner than the time after which it would give up by itself.
        opening.join(TimeUnit.SECONDS.toMillis(60));
        assertFalse("still alive", opening.isAlive());
        assertEquals(
                String.valueOf(ended.get()),
                InterruptedException.class,
                ended.get().getClass());
    }

    private List<String> leftovers() {
        return everythingBelow(cache).stream()
                .filter(file -> !file.endsWith(".git.lock"))
                .collect(Collectors.toList());
    }

    private long mirrors() throws IOException {
        try (var files = Files.list(cache)) {
            return files.filter(Files::isDirectory).count();
        }
    }

    private static void assertNoSecrets(GitServer server) {
        List<String> seen = server.requests();
        assertTrue(seen.toString(), seen.stream().noneMatch(request -> request.endsWith(" secret")));
    }

    /** The problem of a request that must fail, which never holds the secret. */
    private String failure(String url, GitCredentials credentials) {
        String problem = problemsOf(() -> open(url, credentials));
        String all = problem + progress;
        assertFalse(all, all.contains("s3cret") || all.contains("ada"));
        return problem;
    }

    private ConfigRepository open(String url, GitCredentials credentials) throws Exception {
        return request(url, credentials, Duration.ofSeconds(20));
    }

    private ConfigRepository request(String url, GitCredentials credentials, Duration timeout) throws Exception {
        RepositoryPolicy policy = RepositoryPolicy.remoteOnly().withTimeout(timeout);
        return ConfigRepository.open(
                new RepositoryRequest(url, null, false, policy, credentials), cache, progress::add);
    }

    /** Sends the first bytes and breaks off. */
    private static final class Breaking extends FilterOutputStream {
        private int left;

        Breaking(OutputStream out, int bytes) {
            super(out);
            this.left = bytes;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("broken off");
            }
            out.write(bytes, offset, length);
        }
    }

    /** Sends the first bytes, then nothing until it may. */
    private static final class Stalling extends FilterOutputStream {
        private final CountDownLatch begun;
        private final CountDownLatch release;
        private int left;

        Stalling(OutputStream out, int bytes, CountDownLatch begun, CountDownLatch release) {
            super(out);
            this.left = bytes;
            this.begun = begun;
            this.release = release;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0 && begun.getCount() > 0) {
                out.flush();
                begun.countDown();
                try {
                    release.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            left -= length;
            out.write(bytes, offset, length);
        }
    }
}
