package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.ConfigRepository;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.eclipse.jgit.api.Git;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The real ssh client and the real git behind a real ssh server. */
public class OpenSshIT {
    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private Path root;
    private Path knownHosts;
    private SshServer server;
    private KeyPair hostKey;
    private Duration timeout = Duration.ofSeconds(20);
    private volatile boolean accepted = true;
    private volatile CountDownLatch asked;

    @Before
    public void startServer() throws Exception {
        for (String program : List.of("ssh", "ssh-keygen", "git")) {
            boolean there = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            if (!there) {
                System.out.println("Skipped: there is no " + program + " on this machine's PATH");
            }
            Assume.assumeTrue("there is no " + program + " on this machine's PATH", there);
        }
        root = temporary.getRoot().toPath().toRealPath();
        knownHosts = root.resolve("known_hosts");
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ecdsa",
                "-N",
                "",
                "-f",
                root.resolve("key").toString());
        Files.writeString(
                root.resolve("config"),
                "IdentityFile " + root.resolve("key") + "\nIdentitiesOnly yes\nIdentityAgent none\n"
                        + "UserKnownHostsFile " + knownHosts + "\nGlobalKnownHostsFile none\nUpdateHostKeys no\n");
        try (Git git = Git.init()
                .setDirectory(root.resolve("config-repo").toFile())
                .setInitialBranch("main")
                .call()) {
            Files.writeString(root.resolve("config-repo/a.yaml"), "a: 1\n");
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("first")
                    .setAuthor("Ada", "ada@example.com")
                    .setSign(false)
                    .call();
        }
        hostKey = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> accepted && user.equals("git"));
        server.setCommandFactory((channel, command) -> {
            if (asked != null) {
                asked.countDown();
                return new ProcessShellFactory("sleep", "sleep", "60").createShell(channel);
            }
            return new ProcessShellFactory(command, "sh", "-c", command).createShell(channel);
        });
        server.start();
        know(hostKey);
    }

    @After
    public void stopServer() throws IOException {
        if (server != null) {
            server.stop(true);
        }
    }

    @Test
    public void aRepositoryIsFetched() throws Exception {
        for (String revision : new String[] {null, "main", "origin/main"}) {
            try (ConfigRepository repository = open(url("config-repo"), revision)) {
                assertEquals("main", repository.revision().ref());
                assertEquals(url("config-repo"), repository.displayUrl());
                assertEquals("a: 1\n", new String(repository.tree().read("a.yaml"), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    public void aHostKeyThatIsNotKnownIsRefused() throws Exception {
        Files.delete(knownHosts);
        assertEquals(
                "The host key of 127.0.0.1 is not known;"
                        + " connect once with ssh and compare its fingerprint, or add it to known_hosts",
                problem(url("config-repo")));
        know(KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256));
        assertEquals(
                "The host key of 127.0.0.1 is not the one that is known: somebody may be between;"
                        + " ask who runs the server whether the key was changed, before you touch known_hosts",
                problem(url("config-repo")));
    }

    @Test
    public void aKeyThatIsNotAcceptedIsSaid() {
        accepted = false;
        assertEquals(
                "127.0.0.1 refused the ssh key for " + url("config-repo")
                        + "; check that ssh-add -l lists a key that may read the repository",
                problem(url("config-repo")));
    }

    @Test
    public void aRepositoryThatIsNotThereIsSaid() {
        assertEquals(
                "There is no Git repository at " + url("missing")
                        + "; check the URL; many servers also say so where the credentials may not read it",
                problem(url("missing")));
    }

    @Test
    public void aServerThatIsNotThereIsSaid() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertEquals(
                "127.0.0.1 cannot be reached: Connection refused;"
                        + " check the URL's host and port, the network, and any proxy",
                problem("ssh://git@127.0.0.1:" + port + "/x"));
        assertEquals(
                "Host nowhere.invalid is not known; check the URL's spelling, and name resolution",
                problem("git@nowhere.invalid:x"));
        timeout = Duration.ofSeconds(3);
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertEquals(
                    "127.0.0.1 did not answer within 3 s; try again, check the network",
                    problem("ssh://git@127.0.0.1:" + mute.getLocalPort() + "/x"));
        }
    }

    @Test
    public void aMissingSshIsSaid() {
        String repo = url("config-repo");
        BadInputException problem =
                assertThrows(BadInputException.class, () -> open(repo, null, new OpenSsh(List.of("no-such-ssh"))));
        assertTrue(
                problem.getMessage(),
                problem.getMessage().startsWith(repo + " cannot be read: ssh cannot be run: Cannot run program"));
    }

    @Test
    public void anInterruptEndsTheConnection() throws Exception {
        asked = new CountDownLatch(1);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread opening = new Thread(() -> {
            try {
                open(url("config-repo"), null).close();
            } catch (Throwable e) {
                ended.set(e);
            }
        });
        opening.start();
        assertTrue(asked.await(30, TimeUnit.SECONDS));
        opening.interrupt();
        opening.join(TimeUnit.SECONDS.toMillis(60));
        assertEquals(
                String.valueOf(ended.get()),
                InterruptedException.class,
                ended.get().getClass());
        assertEquals(
                0,
                ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .filter(child -> child.info().command().orElse("").endsWith("/ssh"))
                        .count());
    }

    private void know(KeyPair key) throws IOException {
        Files.writeString(
                knownHosts, "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    private String url(String name) {
        return "ssh://git@127.0.0.1:" + server.getPort() + root.resolve(name);
    }

    private String problem(String repo) {
        return assertThrows(BadInputException.class, () -> open(repo, null)).getMessage();
    }

    private ConfigRepository open(String repo, String revision) throws Exception {
        return open(
                repo,
                revision,
                new OpenSsh(List.of("ssh", "-F", root.resolve("config").toString())));
    }

    private ConfigRepository open(String repo, String revision, OpenSsh ssh) throws Exception {
        RepositoryPolicy policy =
                RepositoryPolicy.remoteOnly().withTimeout(timeout).withSsh(ssh);
        return ConfigRepository.open(
                new RepositoryRequest(repo, revision, false, policy, null), root.resolve("cache"), line -> {});
    }

    private static void run(String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
