package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.render.RealTools;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportFiles;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.report.Style;
import io.jenkins.plugins.gitops.engine.report.TextReport;
import io.jenkins.plugins.gitops.engine.sops.AgeKeys;
import io.jenkins.plugins.gitops.localcluster.GoTool;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/**
 * With every logger of this process at its most talkative: tokens, passwords, age keys and values of Secrets are in no log
 * record, no line of the console, no exception and no form of the report, whether things go well or not.
 */
public class NoSecretInAnyLogIT {

    private static final String PASSWORD = "gh/p_s3cret+in+git";
    private static final String VALUE = "correct-horse-battery";
    private static final String LATER = "staple-of-another-day";

    @ClassRule
    public static final TestTls TLS = new TestTls();

    @Rule
    public final EngineRule engine = new EngineRule();

    /** Everything that anybody could read. */
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private final Handler trap = new Trap();
    private final Logger root = Logger.getLogger("");
    private Level before;

    @Before
    public void listen() {
        before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(trap);
    }

    @After
    public void stopListening() {
        root.removeHandler(trap);
        root.setLevel(before);
    }

    @Test
    public void tokensOfTheCluster() throws Exception {
        ClusterAccess tenant = engine.tenant("cluster-admin");
        String token = engine.kubectl("create", "token", "tenant");
        tenant = new ClusterAccess(tenant.server())
                .caCertificate(engine.access().caCertificate())
                .token(token);
        secret("stringData: {password: " + VALUE + "}");
        assertEquals(Status.IN_SYNC, run(Command.SYNC, tenant).status());

        String wrong = "wr0ng-" + token.substring(6);
        ClusterAccess refused = new ClusterAccess(tenant.server())
                .caCertificate(engine.access().caCertificate())
                .token(wrong);
        assertEquals(Status.FAILED, run(Command.SYNC, refused).status());

        try (FaultProxy proxy = new FaultProxy(engine.access())) {
            String sent = "t0ken-of-a-server-that-repeats-it";
            proxy.spoil(
                    asked -> asked.isList("secrets") || asked.isApply(),
                    exchange -> exchange.refuse(
                            403,
                            "Forbidden",
                            "you said " + exchange.asked().headers().getFirst("Authorization"),
                            Map.of("X-Echo", exchange.asked().headers().getFirst("Authorization"))));
            secret("stringData: {password: " + LATER + "}");
            ClusterAccess echoed = new ClusterAccess(proxy.access().server()).token(sent);
            assertEquals(Status.FAILED, run(Command.SYNC, echoed).status());
            assertTrue(proxy.struck() > 0);
            assertUntold(sent);
        }
        assertUntold(
                token, token.substring(token.lastIndexOf('.') + 1), wrong, VALUE, base64(VALUE), LATER, base64(LATER));
    }

    @Test
    public void passwordsOfGit() throws Exception {
        secret("stringData: {password: " + VALUE + "}");
        GitServer git = GitServer.https(engine.repository().directory().getParent(), TLS.context());
        try (git) {
            git.answering(GitServer.requiring("ada", PASSWORD));
            String url = git.url("localhost", "config");
            String within =
                    url.replace("https://", "https://ada:" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8) + "@");
            assertEquals(
                    Status.IN_SYNC, run(url, GitCredentials.of("ada", PASSWORD)).status());
            assertEquals(Status.IN_SYNC, run(within, null).status());
            git.answering(GitServer.requiring("ada", "another"));
            assertEquals(
                    Status.INVALID, run(url, GitCredentials.of("ada", PASSWORD)).status());
            assertEquals(Status.INVALID, run(within, null).status());
            git.answering(GitServer.status(500));
            assertEquals(Status.INVALID, run(within, null).status());
        }
        assertUntold(PASSWORD, URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8), base64("ada:" + PASSWORD));
    }

    @Test
    public void valuesOfSecrets() throws Exception {
        secret("stringData: {password: " + VALUE + "}");
        assertEquals(Status.IN_SYNC, run(Command.SYNC, engine.access()).status());
        secret("data: {password: " + base64(LATER) + "}");
        assertEquals(Status.OUT_OF_SYNC, run(Command.PLAN, engine.access()).status());
        assertEquals(Status.IN_SYNC, run(Command.SYNC, engine.access()).status());
        String byHand = "typed-in-by-a-person";
        engine.kubectl("patch", "secret/db", "--patch={\"stringData\":{\"password\":\"" + byHand + "\"}}");
        assertEquals(Status.OUT_OF_SYNC, run(Command.DRIFT, engine.access()).status());
        assertEquals(Status.IN_SYNC, run(Command.SYNC, engine.access()).status());
        for (String unsound : List.of(
                "data: {password: " + VALUE + "!}",
                "data: " + VALUE,
                "data: {password: [" + VALUE + "]}",
                "stringData: {password: {" + VALUE + ": " + VALUE + "}}",
                "stringdata: {password: " + VALUE + "}",
                "stringData: {password: " + VALUE + "}\nimmutable: " + VALUE,
                "stringData: {\"pass word\": " + VALUE + "}",
                "type: kubernetes.io/tls\ndata: {tls.crt: " + base64(VALUE) + "}",
                "stringData:\n  password: " + VALUE + "\n bad: [")) {
            secret(unsound);
            Report report = run(Command.SYNC, engine.access());
            assertEquals(unsound + report.message(), Status.INVALID, report.status());
        }
        assertUntold(VALUE, base64(VALUE), LATER, base64(LATER), byHand, base64(byHand));
    }

    @Test
    public void keysOfAge() throws Exception {
        Path keyFile = engine.getRoot().toPath().resolve("key.txt");
        program(GoTool.AGE_KEYGEN, "-o", keyFile.toString());
        String key = Files.readString(keyFile)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
        String recipient = program(GoTool.AGE_KEYGEN, "-y", keyFile.toString()).strip();
        Path other = engine.getRoot().toPath().resolve("other.txt");
        program(GoTool.AGE_KEYGEN, "-o", other.toString());
        secret("stringData: {password: " + VALUE + "}");
        Path file = engine.repository().directory().resolve("secret.yaml");
        String encrypted = program(
                GoTool.SOPS, "encrypt", "--age=" + recipient, "--encrypted-regex=^stringData$", file.toString());
        engine.repository().write("secret.yaml", encrypted).commit("Encrypted");

        assertEquals(Status.IN_SYNC, run(decrypting(key)).status());
        assertEquals(Status.INVALID, run(decrypting(Files.readString(other))).status());
        engine.repository()
                .write("secret.yaml", encrypted.replaceFirst("password: ENC\\[AES256_GCM,data:.", "$0A"))
                .commit("Damaged");
        assertEquals(Status.INVALID, run(decrypting(key)).status());
        try {
            AgeKeys.parse("key.txt", key.toLowerCase(java.util.Locale.ROOT));
        } catch (BadInputException e) {
            told.add(trace(e));
        }
        assertUntold(key, key.substring("AGE-SECRET-KEY-1".length()), VALUE, base64(VALUE));
    }

    private SyncRequest decrypting(String keys) throws Exception {
        return engine.request(Command.SYNC)
                .withRender(RenderPolicy.DEFAULT.withAgeKeys(AgeKeys.parse("key.txt", keys)));
    }

    private void secret(String fields) throws Exception {
        engine.repository()
                .write("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n" + fields + "\n")
                .commit("Secret");
    }

    private Report run(String url, GitCredentials credentials) throws Exception {
        SyncRequest request = engine.request(Command.SYNC);
        RepositoryRequest repository =
                new RepositoryRequest(url, null, false, RepositoryPolicy.remoteOnly(), credentials);
        return run(
                SyncRequest.of(Command.SYNC, repository)
                        .withApp(request.app())
                        .withNamespace(request.namespace())
                        .withHealth(request.health()),
                engine.access());
    }

    private Report run(Command command, ClusterAccess access) throws Exception {
        return run(engine.request(command), access);
    }

    private Report run(SyncRequest request) throws Exception {
        return run(request, engine.access());
    }

    private Report run(SyncRequest request, ClusterAccess access) throws Exception {
        told.add(request + " " + access);
        Report report =
                new GitOpsEngine(engine.getRoot().toPath().resolve("cache")).run(request, access, new Console());
        told.add(report.toString());
        for (Style style : List.of(Style.PLAIN, Style.TERMINAL)) {
            told.add(new TextReport(style).text(report, true));
        }
        for (Path file : ReportFiles.write(report, engine.newFolder().toPath()).all()) {
            told.add(Files.readString(file));
        }
        return report;
    }

    private void assertUntold(String... secrets) {
        Set<String> loggers = new TreeSet<>();
        for (String text : told) {
            for (String secret : secrets) {
                if (text.contains(secret)) {
                    throw new AssertionError("\"" + secret + "\" was told: " + text);
                }
            }
            loggers.add(text.lines().findFirst().orElse(""));
        }
        assertTrue(
                "the libraries did log: " + loggers, loggers.stream().anyMatch(first -> first.startsWith("[okhttp")));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private String program(GoTool tool, String... arguments) throws Exception {
        Process process = new ProcessBuilder(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(RealTools.find(tool).toString()), Arrays.stream(arguments))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(tool.toString(), 0, process.waitFor());
        return output;
    }

    /** What a handler of any kind could make of a record. */
    private final class Trap extends Handler {
        private final Formatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            told.add("[" + record.getLoggerName() + "]\n" + record.getMessage() + "\n"
                    + Arrays.toString(record.getParameters()) + "\n" + formatter.format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** What a person sees while it happens. */
    private final class Console implements ProgressListener {
        @Override
        public void message(String text) {
            told.add(text);
        }

        @Override
        public void warning(Problem warning) {
            told.add(warning.toString());
        }

        @Override
        public void object(ObjectId id, String done, String detail) {
            told.add(id + " " + done + " " + detail);
        }

        @Override
        public void waiting(int ready, int total, Duration elapsed, String next) {
            told.add(next);
        }
    }
}
