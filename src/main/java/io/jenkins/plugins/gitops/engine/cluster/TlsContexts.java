package io.jenkins.plugins.gitops.engine.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * The TLS contexts of the last connections. A context remembers the sessions that servers have offered to go on with: who
 * looks at a cluster every few minutes signs with the client's key once, and not every time, which takes longer than the
 * look. A context is found again by the very same certificates and key alone, and is forgotten when it was not used for a
 * while.
 */
final class TlsContexts {

    private static final int MOST = 16;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final Map<String, Kept> KNOWN = new LinkedHashMap<>(16, 0.75f, true);

    private TlsContexts() {}

    /** A context, and the trust manager that is in it. */
    record Context(SSLContext context, X509TrustManager trust) {}

    private record Kept(Context context, long used) {}

    /** Makes a context. */
    @FunctionalInterface
    interface Making {
        Context make() throws ClusterException;
    }

    static Context of(ClusterAccess access, Making making) throws ClusterException {
        String key = key(access);
        synchronized (KNOWN) {
            long now = System.nanoTime();
            KNOWN.values().removeIf(kept -> now - kept.used() > KEPT.toNanos());
            Kept kept = KNOWN.get(key);
            Context context = kept == null ? making.make() : kept.context();
            if (kept == null) {
                context.context().getClientSessionContext().setSessionTimeout((int) KEPT.toSeconds());
            }
            KNOWN.put(key, new Kept(context, now));
            if (KNOWN.size() > MOST) {
                KNOWN.remove(KNOWN.keySet().iterator().next());
            }
            return context;
        }
    }

    /** A digest, so that no key stays readable where it is not needed. */
    private static String key(ClusterAccess access) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        String[] parts = {
            access.server(),
            access.tlsServerName(),
            String.valueOf(access.insecureSkipTlsVerify()),
            access.caCertificate(),
            access.clientCertificate(),
            access.clientKey()
        };
        for (String part : parts) {
            byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
