package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy.Asked;
import io.jenkins.plugins.gitops.engine.cluster.FaultProxy.Fault;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * A sync that creates, changes and prunes, over a connection that goes wrong in one way at a time. Either it succeeds
 * all the same, or it ends with one message that says of what and why. Whatever happened, the next sync ends where an
 * undisturbed one would have ended.
 */
public class FaultsIT {

    private static final Predicate<Asked> ANY = asked -> true;
    private static final Predicate<Asked> APPLY_OF_A = asked -> asked.isApply() && asked.isAbout("configmaps", "a");

    @Rule
    public final EngineRule engine = new EngineRule();

    /** No endless loop. */
    @Rule
    public final Timeout timeout = new Timeout(2, TimeUnit.MINUTES);

    private FaultProxy proxy;

    @Before
    public void anAppThatIsToChange() throws Exception {
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .write("b.yaml", Manifests.configMap("b", "key", "1"))
                .write("c.yaml", Manifests.configMap("c", "key", "1"))
                .write("web.yaml", service("web", 80))
                .commit("First");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "2"))
                .delete("c.yaml")
                .write("d.yaml", Manifests.configMap("d", "key", "1"))
                .write("web.yaml", service("web", 81))
                .commit("Second");
        proxy = new FaultProxy(engine.access());
    }

    @After
    public void close() {
        proxy.close();
    }

    private static String service(String name, int port) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {ports: [{port: " + port + "}]}\n";
    }

    private Report sync() throws Exception {
        return engine.run(engine.request(Command.SYNC), proxy.access());
    }

    private void succeeds(int times, Predicate<Asked> when, Fault fault) throws Exception {
        proxy.spoil(times, when, fault);
        Report report = sync();
        assertTrue("nothing was spoiled", proxy.struck() > 0);
        assertEquals(report.message(), Status.IN_SYNC, report.status());
        assertEquals(1, report.counts().created());
        assertEquals(2, report.counts().updated());
        assertEquals(1, report.counts().pruned());
        everythingIsAsGitDeclares();
        assertEquals(Status.IN_SYNC, engine.drift().status());
    }

    /** Ends with a message that has these words, and leaves nothing behind that the next sync would not set right. */
    private Report fails(Predicate<Asked> when, Fault fault, String... words) throws Exception {
        proxy.spoil(when, fault);
        Report report = sync();
        assertTrue("nothing was spoiled", proxy.struck() > 0);
        says(report, words);
        proxy.close();
        Report next = engine.sync();
        assertEquals(next.message(), Status.IN_SYNC, next.status());
        everythingIsAsGitDeclares();
        assertEquals(Status.IN_SYNC, engine.drift().status());
        return report;
    }

    private static void says(Report report, String... words) {
        assertTrue(report.toString(), report.status() == Status.FAILED || report.status() == Status.INVALID);
        List<String> texts = new ArrayList<>(List.of(report.message()));
        report.problems().forEach(problem -> texts.add(problem.toString()));
        report.objects().forEach(object -> texts.add(object.id() + ": " + object.message()));
        String all = String.join("\n", texts);
        for (String word : words) {
            assertTrue(word + " is not in:\n" + all, all.contains(word));
        }
        assertFalse("a stack trace or a class's name:\n" + all, all.contains("Exception"));
    }

    private void everythingIsAsGitDeclares() throws Exception {
        TreeSet<String> there = new TreeSet<>(List.of(
                engine.kubectl("get", "configmaps,services", "-l", "applyset.kubernetes.io/part-of", "-o", "name")
                        .split("\n")));
        assertEquals(new TreeSet<>(List.of("configmap/a", "configmap/b", "configmap/d", "service/web")), there);
        assertEquals("2", engine.kubectl("get", "configmap/a", "-o", "jsonpath={.data.key}"));
        assertEquals("81", engine.kubectl("get", "service/web", "-o", "jsonpath={.spec.ports[*].port}"));
    }

    private static Fault refusal(int code, String reason, String message) {
        return exchange -> exchange.refuse(code, reason, message, Map.of());
    }

    @Test
    public void latency() throws Exception {
        succeeds(Integer.MAX_VALUE, ANY, exchange -> {
            Thread.sleep(100);
            exchange.passOn();
        });
    }

    @Test
    public void tooManyRequestsWithATimeToComeAgain() throws Exception {
        long start = System.nanoTime();
        succeeds(
                1,
                APPLY_OF_A,
                exchange -> exchange.refuse(429, "TooManyRequests", "come again", Map.of("Retry-After", "2")));
        assertTrue("came again too early", System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    public void tooManyRequestsForEver() throws Exception {
        fails(APPLY_OF_A, refusal(429, "TooManyRequests", "come again"), "ConfigMap/", "/a", "come again");
        long tries = proxy.seen().stream().filter(APPLY_OF_A).count();
        assertTrue(tries + " tries", tries > 1 && tries < 20);
    }

    @Test
    public void anInternalErrorOfOneWrite() throws Exception {
        fails(APPLY_OF_A, refusal(500, "InternalError", "out of order"), "ConfigMap/", "/a", "out of order");
    }

    @Test
    public void unavailableForAMoment() throws Exception {
        succeeds(3, ANY, exchange -> exchange.answer(503, "text/html", "<html>no upstream</html>", Map.of()));
    }

    @Test
    public void unavailableForEver() throws Exception {
        fails(ANY, exchange -> exchange.answer(503, "text/html", "<html>no upstream</html>", Map.of()), "503");
    }

    @Test
    public void aBadGatewayForAMoment() throws Exception {
        succeeds(2, Asked::isDryRun, exchange -> exchange.answer(502, "text/html", "<html></html>", Map.of()));
    }

    @Test
    public void aGatewayThatWaitedForTheServerInVain() throws Exception {
        succeeds(1, APPLY_OF_A, exchange -> {
            exchange.forward();
            exchange.answer(504, "text/html", "<html>timeout</html>", Map.of());
        });
    }

    @Test
    public void aStormOfConflicts() throws Exception {
        succeeds(
                3,
                APPLY_OF_A,
                refusal(
                        409,
                        "Conflict",
                        "the object has been modified; please apply your changes to the latest version"));
    }

    @Test
    public void aStormOfConflictsThatNeverEnds() throws Exception {
        fails(
                APPLY_OF_A,
                refusal(
                        409,
                        "Conflict",
                        "the object has been modified; please apply your changes to the latest version"),
                "ConfigMap/",
                "/a",
                "the object has been modified");
        long tries = proxy.seen().stream().filter(APPLY_OF_A).count();
        assertTrue(tries + " tries", tries > 1 && tries < 20);
    }

    @Test
    public void nobodyListens() throws Exception {
        // Bound, so that nobody else can have it, and not listening.
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ClusterAccess nobody = new ClusterAccess("http://127.0.0.1:" + silent.getLocalPort()).token("t0ken");
            Report report = engine.run(engine.request(Command.SYNC), nobody);
            says(report, nobody.server(), "cannot be reached");
        }
    }

    @Test
    public void aServerThatAcceptsNobody() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> queue = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (java.net.SocketTimeoutException e) {
                    break;
                }
            }
            ClusterAccess access = new ClusterAccess("http://127.0.0.1:" + full.getLocalPort()).token("t0ken");
            Report report = engine.run(engine.request(Command.SYNC), access);
            says(report, access.server(), "cannot be reached");
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    public void aConnectionThatBreaksBeforeTheAnswer() throws Exception {
        succeeds(2, asked -> asked.isList("configmaps"), exchange -> exchange.hangUp());
    }

    @Test
    public void aConnectionThatBreaksAfterTheWriteWasDone() throws Exception {
        succeeds(1, APPLY_OF_A, exchange -> {
            exchange.forward();
            exchange.hangUp();
        });
    }

    @Test
    public void aConnectionThatBreaksAfterTheDeletionWasDone() throws Exception {
        succeeds(1, asked -> asked.method().equals("DELETE") && asked.isAbout("configmaps", "c"), exchange -> {
            exchange.forward();
            exchange.hangUp();
        });
    }

    @Test
    public void aListThatBreaksOffHalfWay() throws Exception {
        succeeds(1, asked -> asked.isList("configmaps"), exchange -> exchange.hangUpHalfWay(exchange.forward()));
    }

    @Test
    public void anAnswerThatEndsInTheMiddleOfTheJson() throws Exception {
        fails(
                APPLY_OF_A,
                exchange -> exchange.answer(exchange.forward().withBody("{\"kind\": \"ConfigMap\", \"meta")),
                "ConfigMap/",
                "/a",
                "is not JSON");
    }

    @Test
    public void anAnswerThatIsNoObject() throws Exception {
        fails(APPLY_OF_A, exchange -> exchange.answer(exchange.forward().withBody("[]")), "ConfigMap/", "/a", "JSON");
    }

    @Test
    public void aSignInPageInsteadOfTheServer() throws Exception {
        fails(
                ANY,
                exchange -> exchange.answer(200, "text/html", "<html>sign in</html>", Map.of()),
                "check the server's URL");
    }

    @Test
    public void aListWhoseContinuationHasExpired() throws Exception {
        Predicate<Asked> list = asked -> asked.isList("configmaps");
        proxy.spoil(
                1,
                list.and(asked -> asked.path().contains("continue=")),
                refusal(410, "Expired", "The provided continue parameter is too old"));
        succeeds(1, list, exchange -> {
            FaultProxy.Answered answer = exchange.forward();
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            exchange.answer(
                    answer.withBody(text.replaceFirst("\"metadata\":\\{", "\"metadata\":{\"continue\":\"token\",")));
        });
        assertTrue(proxy.seen().stream().anyMatch(asked -> asked.path().contains("continue=token")));
    }

    @Test
    public void aTokenThatExpiresOnTheWay() throws Exception {
        Report report = fails(
                APPLY_OF_A.or(asked -> asked.isApply() && asked.isAbout("services", "web")),
                refusal(401, "Unauthorized", "Unauthorized"),
                "does not accept the credential (401 Unauthorized)");
        assertTrue("what was done is told", report.objects().size() >= 4);
    }

    @Test
    public void oneKindThatIsForbidden() throws Exception {
        fails(
                asked -> asked.method().equals("PATCH") && asked.isAbout("services", "web"),
                refusal(403, "Forbidden", "services \"web\" is forbidden: no right to patch"),
                "Service/",
                "/web",
                "is forbidden");
        assertFalse(
                "the dry run was refused, and yet something was written",
                proxy.seen().stream()
                        .anyMatch(asked -> asked.isApply() && asked.path().contains("/configmaps/a?")));
    }

    @Test
    public void etcdThatDoesNotAnswerInTime() throws Exception {
        succeeds(2, APPLY_OF_A, refusal(500, "InternalError", "etcdserver: request timed out"));
    }

    @Test
    public void anAnswerThatNeverEnds() throws Exception {
        fails(APPLY_OF_A, exchange -> endless(exchange, "{\"kind\":\""), "ConfigMap/", "/a", "larger than 16 MiB");
    }

    @Test
    public void aListWithAnObjectThatNeverEnds() throws Exception {
        fails(
                asked -> asked.isList("services"),
                exchange -> endless(exchange, "{\"kind\":\"ServiceList\",\"items\":[{\"data\":["),
                "larger than 16 MiB");
    }

    private static void endless(FaultProxy.Exchange exchange, String start) throws IOException {
        byte[] more = "\"x\",".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        byte[] text = "x".repeat(40_000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = exchange.begin("application/json")) {
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            // Until the client hangs up; were it patient, 500 MB.
            for (int sent = 0; sent < 500 << 20; sent += more.length) {
                out.write(start.endsWith("[") ? more : text);
            }
        } catch (IOException e) {
            // The client has had enough.
        }
    }
}
