package io.jenkins.plugins.gitops.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** HTTP to the API server, and nothing more: one connection (HTTP/2), bytes in, the number of bytes out. */
final class Server implements AutoCloseable {

    static final String APPLY = "application/apply-patch+yaml";

    private final String url;
    private final OkHttpClient client;

    private Server(String url, OkHttpClient client) {
        this.url = url;
        this.client = client;
    }

    static Server connect(Path kubeconfig) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
        try {
            TrustManager[] trust = SSLUtils.trustManagers(config);
            OkHttpClient client = new OkHttpClient.Builder()
                    .sslSocketFactory(
                            SSLUtils.sslContext(SSLUtils.keyManagers(config), trust)
                                    .getSocketFactory(),
                            (X509TrustManager) trust[0])
                    .readTimeout(2, TimeUnit.MINUTES)
                    // What is sent goes at once, as the engine's does.
                    .addNetworkInterceptor(chain -> {
                        chain.connection().socket().setTcpNoDelay(true);
                        return chain.proceed(chain.request());
                    })
                    .build();
            return new Server(config.getMasterUrl().replaceAll("/$", ""), client);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The size of the answer's body. */
    long send(String method, String path, String mediaType, byte[] body) throws IOException {
        try (Response response = execute(method, path, mediaType, body)) {
            long size = response.body().source().readAll(okio.Okio.blackhole());
            if (!response.isSuccessful()) {
                throw new IOException(method + " " + path + ": HTTP status " + response.code());
            }
            return size;
        }
    }

    boolean serves(String path) throws IOException {
        try (Response response = execute("GET", path, null, null)) {
            return response.code() != 404;
        }
    }

    String get(String path) throws IOException {
        try (Response response = execute("GET", path, null, null)) {
            return response.body().string();
        }
    }

    private Response execute(String method, String path, String mediaType, byte[] body) throws IOException {
        RequestBody content = body == null ? null : RequestBody.create(body, MediaType.get(mediaType));
        return client.newCall(new Request.Builder()
                        .url(url + path)
                        .header("Accept-Encoding", "identity")
                        .method(method, content)
                        .build())
                .execute();
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
