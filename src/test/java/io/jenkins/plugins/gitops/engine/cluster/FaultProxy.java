package io.jenkins.plugins.gitops.engine.cluster;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Stands before a real API server and spoils some of its answers; everything else goes through untouched. Speaks plain
 * HTTP to the client, and to the server with the administrator's credential.
 */
public final class FaultProxy implements AutoCloseable {

    /** A request as the client sent it. */
    public record Asked(String method, String path, byte[] body, Headers headers) {

        public boolean isWatch() {
            return path.contains("watch=true");
        }

        public boolean isList(String plural) {
            return method.equals("GET") && !isWatch() && path.matches(".*/" + plural + "(\\?.*)?");
        }

        public boolean isDryRun() {
            return path.contains("dryRun=All");
        }

        /** A server-side apply that is to be kept. */
        public boolean isApply() {
            return method.equals("PATCH") && !isDryRun();
        }

        /** A request about one object, whatever is done to it. */
        public boolean isAbout(String plural, String name) {
            return path.matches(".*/" + plural + "/" + name + "(\\?.*)?");
        }
    }

    /** The server's own answer. */
    public record Answered(int code, String type, byte[] body) {

        public Answered withBody(String text) {
            return new Answered(code, type, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What is done instead of passing the answer on. */
    @FunctionalInterface
    public interface Fault {
        void strike(Exchange exchange) throws IOException, InterruptedException;
    }

    /** One request in the hands of a fault: it may ask the server or not, and answer as it likes. */
    public final class Exchange {
        private final HttpExchange http;
        private final Asked asked;

        private Exchange(HttpExchange http, Asked asked) {
            this.http = http;
            this.asked = asked;
        }

        public Asked asked() {
            return asked;
        }

        /** Has the server do what was asked. */
        public Answered forward() throws IOException {
            try (Response response = upstream.newCall(request(asked)).execute()) {
                return new Answered(
                        response.code(),
                        response.header("Content-Type"),
                        response.body().bytes());
            }
        }

        public void answer(Answered answer) throws IOException {
            answer(answer.code(), answer.type(), new String(answer.body(), StandardCharsets.UTF_8), Map.of());
        }

        public void answer(int code, String type, String text, Map<String, String> headers) throws IOException {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            headers.forEach((name, value) -> http.getResponseHeaders().set(name, value));
            http.getResponseHeaders().set("Content-Type", type);
            http.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
            http.getResponseBody().write(body);
            http.close();
        }

        /** As Kubernetes answers when it refuses. */
        public void refuse(int code, String reason, String message, Map<String, String> headers) throws IOException {
            answer(code, "application/json", FaultyServer.status(code, reason, message.replace("\"", "\\\"")), headers);
        }

        /** Ends the connection without a word. */
        public void hangUp() {
            http.close();
        }

        /** Announces the whole answer, sends half of it and ends the connection. */
        public void hangUpHalfWay(Answered answer) throws IOException {
            http.getResponseHeaders().set("Content-Type", answer.type());
            http.sendResponseHeaders(answer.code(), answer.body().length);
            http.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
            http.getResponseBody().flush();
            http.close();
        }

        /** Begins a good answer to which more can be added. */
        public OutputStream begin(String type) throws IOException {
            http.getResponseHeaders().set("Content-Type", type);
            http.sendResponseHeaders(200, 0);
            http.getResponseBody().flush();
            return http.getResponseBody();
        }

        /** Passes the server's answer on, piece by piece, as it comes. */
        public void passOn() throws IOException {
            try (Response response = upstream.newCall(request(asked)).execute()) {
                Headers headers = http.getResponseHeaders();
                response.headers().forEach(header -> {
                    if (!List.of("content-length", "transfer-encoding", "connection", "content-encoding")
                            .contains(header.getFirst().toLowerCase(java.util.Locale.ROOT))) {
                        headers.add(header.getFirst(), header.getSecond());
                    }
                });
                http.sendResponseHeaders(response.code(), 0);
                try (InputStream in = response.body().byteStream();
                        OutputStream out = http.getResponseBody()) {
                    byte[] buffer = new byte[16_384];
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        out.write(buffer, 0, read);
                        out.flush();
                    }
                }
            }
        }
    }

    private record Rule(Predicate<Asked> when, AtomicInteger left, Fault fault) {}

    private final ClusterAccess real;
    private final OkHttpClient upstream;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Asked> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger struck = new AtomicInteger();

    public FaultProxy(ClusterAccess real) throws ClusterException, IOException {
        this.real = real;
        OkHttpClient.Builder client = new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(10));
        Tls.configure(client, real);
        upstream = client.build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** How a client reaches the proxy. */
    public ClusterAccess access() throws ClusterException {
        return new ClusterAccess("http://127.0.0.1:" + server.getAddress().getPort()).token("t0ken");
    }

    /** Spoils the first requests of a sort. */
    public FaultProxy spoil(int times, Predicate<Asked> when, Fault fault) {
        rules.add(new Rule(when, new AtomicInteger(times), fault));
        return this;
    }

    /** Spoils every request of a sort. */
    public FaultProxy spoil(Predicate<Asked> when, Fault fault) {
        return spoil(Integer.MAX_VALUE, when, fault);
    }

    /** How many requests have been spoiled. */
    public int struck() {
        return struck.get();
    }

    public List<Asked> seen() {
        return List.copyOf(seen);
    }

    private Request request(Asked asked) {
        Request.Builder request = new Request.Builder().url(real.server() + asked.path());
        String type = asked.headers().getFirst("Content-Type");
        RequestBody body = asked.body().length == 0
                ? null
                : RequestBody.create(asked.body(), type == null ? null : MediaType.get(type));
        String accept = asked.headers().getFirst("Accept");
        if (accept != null) {
            request.header("Accept", accept);
        }
        return request.method(asked.method(), body).build();
    }

    private void handle(HttpExchange http) throws IOException {
        Asked asked = new Asked(
                http.getRequestMethod(),
                http.getRequestURI().toString(),
                http.getRequestBody().readAllBytes(),
                http.getRequestHeaders());
        seen.add(asked);
        Exchange exchange = new Exchange(http, asked);
        try {
            for (Rule rule : rules) {
                if (rule.when().test(asked) && rule.left().getAndDecrement() > 0) {
                    struck.incrementAndGet();
                    rule.fault().strike(exchange);
                    return;
                }
            }
            exchange.passOn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        upstream.dispatcher().executorService().shutdown();
        upstream.connectionPool().evictAll();
    }
}
