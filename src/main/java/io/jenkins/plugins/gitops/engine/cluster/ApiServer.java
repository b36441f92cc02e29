package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * HTTP to one API server: authentication, retries, errors as {@link ApiException}, and a count of requests and bytes.
 * Calls block; interrupting the thread ends them. Safe for use by several threads.
 */
public final class ApiServer implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(65);
    private static final int ATTEMPTS = 6;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final ClusterAccess access;
    private final OkHttpClient client;
    private final String authorization;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private volatile Duration ahead = Duration.ZERO;

    private ApiServer(ClusterAccess access, OkHttpClient client) {
        this.access = access;
        this.client = client;
        this.authorization = authorization(access);
    }

    /**
     * Prepares the connection; nothing is sent yet.
     *
     * @throws ClusterException if there is no credential, or certificates cannot be used
     */
    public static ApiServer connect(ClusterAccess access) throws ClusterException {
        if (!access.hasCredential()) {
            throw new ClusterException("there is no credential for " + access.server(), "give one");
        }
        Dispatcher dispatcher = new Dispatcher();
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool())
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(REQUEST_TIMEOUT)
                .writeTimeout(REQUEST_TIMEOUT)
                // A redirect would carry the client certificate to another server.
                .followRedirects(false)
                .followSslRedirects(false);
        if (access.server().startsWith("https:")) {
            Tls.configure(builder, access);
        }
        builder.proxy(proxy(access));
        return new ApiServer(access, builder.build());
    }

    private static Proxy proxy(ClusterAccess access) throws ClusterException {
        if (access.proxyUrl() == null) {
            return Proxy.NO_PROXY;
        }
        URI uri = URI.create(access.proxyUrl());
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
            throw new ClusterException(
                    "the proxy URL of " + access.server() + " is not of the form http://host:port", "");
        }
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()));
    }

    private static String authorization(ClusterAccess access) {
        if (access.token() != null) {
            return "Bearer " + access.token();
        }
        return access.username() == null ? null : Credentials.basic(access.username(), access.password());
    }

    /** What people call the cluster; {@code null} where it has no name. */
    public String name() {
        return access.name();
    }

    /** The server's URL. */
    public String url() {
        return access.server();
    }

    /** The default namespace that the credential's context names; {@code default} where it names none. */
    public String defaultNamespace() {
        return access.namespace() == null ? "default" : access.namespace();
    }

    /** The number of HTTP requests so far. */
    public long requests() {
        return requests.get();
    }

    /** The bytes of the answers' bodies so far (before transport compression). */
    public long bytesReceived() {
        return bytesReceived.get();
    }

    /** What time the server's clock shows, to the second; this machine's clock before the first answer. */
    public Instant now() {
        return Instant.now().plus(ahead);
    }

    /** {@code gitVersion} of the server, such as {@code v1.36.3}. */
    public String version() throws ClusterException, InterruptedException {
        return getJson("/version").path("gitVersion").asText();
    }

    /** A document that the server publishes of itself, such as {@code /openapi/v3}. */
    public JsonNode document(String path) throws ClusterException, InterruptedException {
        return getJson(path);
    }

    JsonNode getJson(String path) throws ClusterException, InterruptedException {
        return Json.parse(send(Call.get(path)));
    }

    /** A successful answer: the HTTP status code (200, 201 ...) and the body. */
    record Answer(int code, byte[] body) {}

    /** Sends a request and returns the body of a successful answer. Faults that pass are tried again. */
    byte[] send(Call call) throws ClusterException, InterruptedException {
        return exchange(call).body();
    }

    /** As {@link #send}, with the status code. */
    Answer exchange(Call call) throws ClusterException, InterruptedException {
        return exchange(call, (code, body) -> new Answer(code, body.readAllBytes()));
    }

    /** Makes something of a successful answer while it comes in. */
    @FunctionalInterface
    interface Reader<T> {
        /** @throws IOException only if the connection broke: then it is called again with another answer */
        T read(int code, InputStream body) throws IOException, ClusterException, InterruptedException;
    }

    /** Sends a request and has the answer read as it comes in. Faults that pass are tried again. */
    <T> T exchange(Call call, Reader<T> reader) throws ClusterException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            long pause;
            try {
                return sendOnce(call, reader);
            } catch (Busy busy) {
                if (attempt >= ATTEMPTS) {
                    throw busy.error;
                }
                pause = Math.min(Math.max(busy.retryAfterMillis, 100L << attempt), LONGEST_PAUSE_MILLIS);
            } catch (InterruptedIOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                throw unreachable(e);
            } catch (IOException e) {
                // A request whose connection broke may have been carried out: only those that can be repeated are.
                if (attempt >= 3 || !call.repeatable() || e instanceof SSLException || firstContact(e)) {
                    throw unreachable(e);
                }
                pause = 100L << attempt;
            }
            Thread.sleep(pause);
        }
    }

    private boolean firstContact(IOException e) {
        return e instanceof java.net.ConnectException || e instanceof java.net.UnknownHostException;
    }

    private <T> T sendOnce(Call call, Reader<T> reader)
            throws IOException, ClusterException, InterruptedException, Busy {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        requests.incrementAndGet();
        try (Response response = client.newCall(request(call)).execute()) {
            InputStream body = new Counted(response.body().byteStream());
            if (response.isSuccessful()) {
                return reader.read(response.code(), body);
            }
            ApiException error = error(response.code(), body.readAllBytes());
            if (isPassing(response, error)) {
                throw new Busy(error, retryAfterMillis(response));
            }
            throw error;
        }
    }

    /**
     * An answer that goes on for as long as both sides like, to be read as it comes.
     *
     * @param quiet how long the server may say nothing before the connection counts as lost
     */
    OpenAnswer open(Call call, Duration quiet) {
        requests.incrementAndGet();
        OkHttpClient patient = client.newBuilder().readTimeout(quiet).build();
        return new OpenAnswer(patient.newCall(request(call)), bytesReceived::addAndGet, this::refusal);
    }

    /** Why an answer that is no success was given. */
    private ApiException refusal(Response response) {
        try {
            return error(response.code(), response.body().bytes());
        } catch (IOException e) {
            return new ApiException(response.code(), "", "HTTP status " + response.code(), List.of());
        }
    }

    private Request request(Call call) {
        Request.Builder request = new Request.Builder().url(access.server() + call.path());
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        request.header("Accept", call.accept()).header("User-Agent", "jenkins-gitops");
        RequestBody body =
                call.body() == null ? null : RequestBody.create(call.body(), MediaType.get(call.mediaType()));
        return request.method(call.method(), body).build();
    }

    /** Overload and a server that is just starting; a 500 is not among them: server-side apply answers so to bad input. */
    private static boolean isPassing(Response response, ApiException error) {
        return response.code() == 429
                || response.code() == 503 && !error.reason().equals("ServiceUnavailable")
                || response.code() == 503 && response.header("Retry-After") != null
                || response.code() == 500 && error.getMessage().contains("etcdserver: request timed out")
                || response.code() == 504 && response.header("Retry-After") != null;
    }

    private static long retryAfterMillis(Response response) {
        String seconds = response.header("Retry-After");
        try {
            return seconds == null ? 0 : Math.max(0, Long.parseLong(seconds.trim()) * 1000);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private ApiException error(int code, byte[] body) {
        JsonNode status;
        try {
            status = Json.MAPPER.readTree(body);
        } catch (IOException e) {
            status = null;
        }
        if (!(status instanceof ObjectNode)
                || !"Status".equals(status.path("kind").asText())) {
            // The body of something that is not an API server is not repeated.
            return new ApiException(code, "", url() + " answered with HTTP status " + code, List.of());
        }
        List<ApiException.Cause> causes = new ArrayList<>();
        for (JsonNode cause : status.path("details").path("causes")) {
            causes.add(new ApiException.Cause(
                    cause.path("field").asText(""),
                    cause.path("reason").asText(""),
                    cause.path("message").asText("")));
        }
        String message = status.path("message").asText("HTTP status " + code);
        if (code == 401) {
            message = url() + " does not accept the credential (401 Unauthorized)";
        }
        return new ApiException(code, status.path("reason").asText(""), message, causes);
    }

    ClusterException unreachable(IOException e) {
        if (e instanceof SSLHandshakeException || e instanceof javax.net.ssl.SSLPeerUnverifiedException) {
            return new ClusterException(
                    "the certificate of " + url() + " is not trusted: " + e.getMessage(),
                    "give the CA certificate of that cluster",
                    e);
        }
        return new ClusterException(
                url() + " cannot be reached: "
                        + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                "check the address, and that the cluster is up",
                e);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** Counts what is read. */
    private final class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            bytesReceived.addAndGet(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int number = super.read(buffer, offset, length);
            bytesReceived.addAndGet(Math.max(0, number));
            return number;
        }
    }

    /** The server asked us to come again later. */
    private static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient ApiException error;
        private final long retryAfterMillis;

        Busy(ApiException error, long retryAfterMillis) {
            super(null, null, false, false);
            this.error = error;
            this.retryAfterMillis = retryAfterMillis;
        }
    }
}
