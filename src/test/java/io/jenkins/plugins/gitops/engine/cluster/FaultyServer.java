package io.jenkins.plugins.gitops.engine.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.rules.ExternalResource;

/** Answers as an API server in trouble does; a real one cannot be brought into it on demand. */
public class FaultyServer extends ExternalResource {

    private record Answer(int code, String body, Map<String, String> headers, boolean open) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    public final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @Override
    protected void before() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    protected void after() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        Answer answer = next(exchange);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.open()) {
            exchange.sendResponseHeaders(answer.code(), 0);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            hold();
        } else {
            exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private synchronized Answer next(HttpExchange exchange) {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        return answers.size() > 1 ? answers.poll() : answers.peek();
    }

    private static void hold() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next answer; the last one that was given is repeated. */
    public synchronized FaultyServer answer(int code, String body) {
        return answer(code, body, Map.of());
    }

    public synchronized FaultyServer answer(int code, String body, Map<String, String> headers) {
        answers.add(new Answer(code, body, headers, false));
        return this;
    }

    /** Begins an answer with this and says nothing more. */
    public synchronized FaultyServer open(String body) {
        answers.add(new Answer(200, body, Map.of(), true));
        return this;
    }

    public static String status(int code, String reason, String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code + ",\"reason\":\""
                + reason + "\",\"message\":\"" + message + "\"}";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public ApiServer connect() throws ClusterException {
        return ApiServer.connect(new ClusterAccess(url()).token("t0ken"));
    }
}
