package io.jenkins.plugins.gitops.engine.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A Git server on the loopback interface: smart http over real repositories, and every way to fail. */
final class GitServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path root;
    private final String scheme;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Answers instead of Git. */
    interface Answer {
        /** Whether it answered; {@code false} leaves it to Git. */
        boolean to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private volatile Answer answer = exchange -> false;

    private GitServer(HttpServer server, Path root, String scheme) {
        this.server = server;
        this.root = root;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param root the folder that holds the repositories */
    static GitServer http(Path root) throws IOException {
        return new GitServer(HttpServer.create(loopback(), 0), root, "http");
    }

    static GitServer https(Path root, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new GitServer(server, root, "https");
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String host, String path) {
        return scheme + "://" + host + ":" + port() + "/" + path;
    }

    /** What was asked since the last call, one line each: method, path, and {@code secret} where a header holds one. */
    List<String> requests() {
        List<String> seen = List.copyOf(requests);
        requests.clear();
        return seen;
    }

    GitServer answering(Answer instead) {
        answer = instead;
        return this;
    }

    static Answer status(int code) {
        return exchange -> {
            send(exchange, code, "text/plain", "no");
            return true;
        };
    }

    static Answer requiring(String user, String password) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return exchange -> {
            if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                return false;
            }
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
            send(exchange, 401, "text/plain", "who are you?");
            return true;
        };
    }

    static Answer redirectingTo(String base) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", base + exchange.getRequestURI());
            send(exchange, 302, "text/plain", "");
            return true;
        };
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        boolean secret = exchange.getRequestHeaders().containsKey("Authorization")
                || exchange.getRequestHeaders().containsKey("Cookie")
                || exchange.getRequestHeaders().containsKey("Private-token");
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + (secret ? " secret" : ""));
        try (exchange) {
            if (!answer.to(exchange)) {
                serve(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        int end = path.endsWith("/info/refs") ? path.length() - "/info/refs".length() : path.lastIndexOf('/');
        Path folder = root.resolve(path.substring(0, Math.max(0, end)));
        if (!Files.exists(folder.resolve("HEAD")) && !Files.exists(folder.resolve(".git/HEAD"))) {
            send(exchange, 404, "text/plain", "not found");
            return;
        }
        Path gitDir = Files.exists(folder.resolve(".git")) ? folder.resolve(".git") : folder;
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(gitDir.toFile()).build()) {
            UploadPack pack = new UploadPack(repository);
            pack.setBiDirectionalPipe(false);
            pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
            String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
            pack.setExtraParameters(protocol == null ? List.of() : List.of(protocol));
            boolean listing = path.endsWith("/info/refs");
            exchange.getResponseHeaders()
                    .set("Content-Type", "application/x-git-upload-pack-" + (listing ? "advertisement" : "result"));
            InputStream in = exchange.getRequestBody();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                in = new GZIPInputStream(in);
            }
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            if (listing) {
                pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(new PacketLineOut(out)), "git-upload-pack");
            } else {
                pack.uploadWithExceptionPropagation(in, out, null);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
