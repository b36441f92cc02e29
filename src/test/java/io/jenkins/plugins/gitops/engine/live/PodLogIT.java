package io.jenkins.plugins.gitops.engine.live;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.HealthCheck;
import io.jenkins.plugins.gitops.engine.Recorder;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.source.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A failing container's last lines, as a kubelet has them and as the API server passes them on. */
public class PodLogIT {

    private static final String LOG =
            """
            starting
            connecting to postgres://shop:hunter2@db:5432/shop
            greeting is correct horse battery staple
            \u001b[31mpanic: no such table: orders\u001b[0m
            """;

    @Rule
    public final EngineRule engine = new EngineRule();

    @Rule
    public final TestTls tls = new TestTls();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpsServer kubelet;
    private String node;

    @Before
    public void aNodeWithAKubeletThatOnlyHasLogs() throws Exception {
        kubelet = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        kubelet.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        kubelet.createContext("/", this::answer);
        kubelet.start();
        node = "node-" + engine.namespace();
        engine.kubectlWith("{apiVersion: v1, kind: Node, metadata: {name: " + node + "}}", "create", "-f", "-");
        status(
                "node/" + node,
                "{'addresses':[{'type':'InternalIP','address':'127.0.0.1'}],'daemonEndpoints':{'kubeletEndpoint':"
                        + "{'Port':" + kubelet.getAddress().getPort() + "}}}");
    }

    @After
    public void close() throws Exception {
        engine.kubectl("delete", "node", node);
        kubelet.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        byte[] body = LOG.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void status(String object, String status) throws Exception {
        engine.kubectl(
                "patch",
                object,
                "--subresource=status",
                "--type=merge",
                "-p",
                ("{'status':" + status + "}").replace('\'', '"'));
    }

    @Test
    public void areShownToWhoeverWaitsAndKeptInNoReport() throws Exception {
        engine.repository()
                .write(
                        "secret.yaml",
                        "apiVersion: v1\nkind: Secret\nmetadata: {name: greeting}\nstringData: {text: correct horse"
                                + " battery staple}\n")
                .write(
                        "pod.yaml",
                        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  nodeName: " + node
                                + "\n  containers: [{name: web, image: \"web:1\"}]\n");
        engine.repository().commit("A pod");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        status(
                "pod/web",
                "{'phase':'Running','containerStatuses':[{'name':'web','image':'web:1','imageID':'','ready':false,"
                        + "'restartCount':4,'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}");

        Recorder recorder = new Recorder();
        HealthPolicy policy = new HealthPolicy(true, Duration.ofSeconds(1)).withLogLines(3);
        Report report = engine.run(engine.request(Command.SYNC).withHealth(policy), recorder);
        assertEquals(report.toString(), Status.UNHEALTHY, report.status());
        String told = String.join("\n", recorder.lines());
        assertTrue(told, told.contains("log of container web in pod web:"));
        assertTrue(told, told.contains("| connecting to postgres://***@db:5432/shop"));
        assertTrue(told, told.contains("| greeting is ***"));
        assertTrue(told, told.contains("panic: no such table: orders"));
        assertFalse(told, told.contains("\u001b") || told.contains("hunter2") || told.contains("horse"));
        assertFalse("three lines were asked for", told.contains("| starting"));
        assertFalse("no report keeps a log", report.toString().contains("panic"));
        String request = asked.get(0);
        assertTrue(request, request.startsWith("/containerLogs/" + engine.namespace() + "/web/web?"));
        assertTrue(request, request.contains("tailLines=3") && request.contains("previous=true"));

        int before = asked.size();
        recorder.lines().clear();
        HealthReport health = new HealthCheck(new HealthPolicy(false, Duration.ZERO).withLogLines(0))
                .ofApp(engine.access(), "app", engine.namespace(), recorder);
        assertEquals(health.json(), 4, health.exitCode());
        assertEquals("with 0 lines nothing is asked", before, asked.size());
    }
}
