package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Rule;
import org.junit.Test;

/** Writes are concurrent, and yet share a connection, as HTTP/2 lets them. Counted by a proxy that only passes bytes on. */
public class ConnectionsIT {

    private static final int OBJECTS = 120;

    @Rule
    public final EngineRule engine = new EngineRule();

    private final AtomicInteger connections = new AtomicInteger();

    @Test
    public void aHundredWritesShareAConnectionThroughAProxy() throws Exception {
        for (int i = 0; i < OBJECTS; i++) {
            engine.repository().write("c" + i + ".yaml", Manifests.configMap("c" + i, "key", "1"));
        }
        engine.repository().commit("Many");
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            background(() -> accept(proxy));
            String url = "http://127.0.0.1:" + proxy.getLocalPort();
            Report report =
                    engine.run(engine.request(Command.SYNC), engine.access().proxyUrl(url));
            assertEquals(report.toString(), Status.IN_SYNC, report.status());
            assertEquals(OBJECTS, report.counts().created());
        }
        // Requests that begin at the same moment may each open one, before the first is known to take more.
        assertTrue(connections + " connections", connections.get() >= 1 && connections.get() <= 2);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void background(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the two sides has closed: so ends each of these.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket proxy) throws IOException {
        while (true) {
            Socket client = proxy.accept();
            background(() -> tunnel(client));
        }
    }

    private void tunnel(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) client.getInputStream().read());
        }
        String target = head.toString().split(" ")[1];
        assertTrue(head.toString(), head.toString().startsWith("CONNECT 127.0.0.1:"));
        connections.incrementAndGet();
        Socket server = new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(target.substring(target.indexOf(':') + 1)));
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        background(() -> pump(client, server));
        pump(server, client);
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } finally {
            to.close();
        }
    }
}
