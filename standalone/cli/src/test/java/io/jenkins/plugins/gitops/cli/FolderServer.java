package io.jenkins.plugins.gitops.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The files of a folder by HTTP, on a free port of the loopback interface, its bare repositories by the {@code git
 * http-backend} of this machine; and what was asked for.
 */
final class FolderServer implements AutoCloseable {

    private final Path folder;
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    FolderServer(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            if (path.matches(".*\\.git/(info/refs|git-upload-pack)")) {
                git(exchange, path);
                return;
            }
            Path file = folder.resolve(path.substring(1)).normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** By the Common Gateway Interface. */
    private void git(HttpExchange exchange, String path) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "GIT_PROJECT_ROOT", folder.toString(),
                        "GIT_HTTP_EXPORT_ALL", "1",
                        "GIT_PROTOCOL", header(exchange, "Git-Protocol"),
                        "HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"),
                        "CONTENT_TYPE", header(exchange, "Content-Type"),
                        "REQUEST_METHOD", exchange.getRequestMethod(),
                        "QUERY_STRING",
                                Objects.toString(exchange.getRequestURI().getQuery(), ""),
                        "PATH_INFO", path));
        byte[] body = exchange.getRequestBody().readAllBytes();
        builder.environment().put("CONTENT_LENGTH", Integer.toString(body.length));
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        }
        byte[] answer = process.getInputStream().readAllBytes();
        int end = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        int status = 200;
        for (String line : new String(answer, 0, end, StandardCharsets.ISO_8859_1).split("\r\n")) {
            String[] field = line.split(": ", 2);
            if (field[0].equals("Status")) {
                status = Integer.parseInt(field[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(field[0], field[1]);
            }
        }
        int length = answer.length - end - 4;
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        exchange.getResponseBody().write(answer, end + 4, length);
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.toString(exchange.getRequestHeaders().getFirst(name), "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
