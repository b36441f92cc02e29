package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
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

    /** The server itself gives up after a minute; what drips on for longer has no end. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

    private final ClusterAccess access;
    private final OkHttpClient client;
    private final String authorization;
    private final HttpUrl base;
    private final String basePath;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private volatile Duration ahead = Duration.ZERO;

    private ApiServer(ClusterAccess access, OkHttpClient client) {
        this.access = access;
        this.client = client;
        this.authorization = authorization(access);
        this.base = HttpUrl.get(access.server());
        this.basePath = base.encodedPath().equals("/") ? "" : base.encodedPath();
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
                .socketFactory(new PromptSockets())
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(REQUEST_TIMEOUT)
                .writeTimeout(REQUEST_TIMEOUT)
                .callTimeout(LONGEST_CALL)
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
        T read(int code, AnswerStream body) throws IOException, ClusterException, InterruptedException;
    }

    /** Sends a request and has the answer read as it comes in. Faults that pass are tried again. */
    <T> T exchange(Call call, Reader<T> reader) throws ClusterException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            requests.incrementAndGet();
            long pause;
            try (Response response = client.newCall(request(call)).execute()) {
                if (response.isSuccessful()) {
                    return reader.read(response.code(), stream(response));
                }
                ApiException error = Refusal.read(url(), response);
                if (!Retry.afterRefusal(attempt, call, response, error)) {
                    throw error;
                }
                pause = Retry.pauseMillis(attempt, response);
            } catch (InterruptedIOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                throw unreachable(e);
            } catch (AnswerStream.TooLargeException e) {
                throw new ClusterException(url() + ": " + e.getMessage(), "check the server's URL");
            } catch (IOException e) {
                if (!Retry.afterBreak(attempt, call, e)) {
                    throw unreachable(e);
                }
                pause = Retry.pauseMillis(attempt, null);
            }
            Thread.sleep(pause);
        }
    }

    private AnswerStream stream(Response response) {
        return new AnswerStream(response.body().byteStream(), bytesReceived::addAndGet);
    }

    /**
     * An answer that goes on for as long as both sides like, to be read as it comes.
     *
     * @param quiet how long the server may say nothing before the connection counts as lost
     */
    OpenAnswer open(Call call, Duration quiet) {
        requests.incrementAndGet();
        OkHttpClient patient = client.newBuilder()
                .readTimeout(quiet)
                .callTimeout(Duration.ZERO)
                .build();
        return new OpenAnswer(patient.newCall(request(call)), this::stream, response -> Refusal.read(url(), response));
    }

    private Request request(Call call) {
        Request.Builder request =
                new Request.Builder().url(Objects.requireNonNull(base.resolve(basePath + call.path())));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        request.header("Accept", call.accept()).header("User-Agent", "jenkins-gitops");
        RequestBody body =
                call.body() == null ? null : RequestBody.create(call.body(), MediaType.get(call.mediaType()));
        return request.method(call.method(), body).build();
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

    /** Ends calls that are under way, too. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
