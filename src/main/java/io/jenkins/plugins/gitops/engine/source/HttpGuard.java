package io.jenkins.plugins.gitops.engine.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * The connections of one fetch. Whatever JGit, a redirect or the user's Git configuration would send: a host that is
 * not the one of the repository's URL, and anything over plain http, gets no credentials, no cookie and no header of
 * the configuration. It remembers what the server said, for the error message, and can cut the connections off.
 */
final class HttpGuard implements HttpConnectionFactory {
    /** What Git's protocol itself needs, in lower case. */
    private static final Set<String> HARMLESS_HEADERS = Set.of(
            "accept", "accept-encoding", "content-encoding", "content-type", "git-protocol", "pragma", "user-agent");

    private final URIish named;
    private final GitCredentials credentials;
    private final Set<HttpURLConnection> open = ConcurrentHashMap.newKeySet();
    private volatile int status;
    private volatile boolean cutOff;
    private volatile URL asked;
    private volatile boolean credentialsSent;

    /**
     * @param named the repository's URL
     * @param credentials {@code null} for none
     */
    HttpGuard(URIish named, GitCredentials credentials) {
        HeaderLog.withoutCredentials();
        this.named = named;
        this.credentials = credentials;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        if (cutOff) {
            throw new InterruptedIOException("The fetch was ended");
        }
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(proxy);
        status = 0;
        open.add(connection);
        asked = url;
        return new Guarded(connection, mayKnowSecrets(url.getProtocol(), url.getHost(), url.getPort()));
    }

    /** The HTTP status that answered the last request; 0 where none did. */
    int status() {
        return status;
    }

    /** The host that was asked last, which a redirect may have named. */
    String host() {
        return asked == null ? named.getHost() : asked.getHost();
    }

    /** The server that a redirect led to, with its port unless that is the usual one; {@code null} without one. */
    String redirectedTo() {
        if (asked == null
                || (asked.getHost().equalsIgnoreCase(named.getHost())
                        && port(asked.getPort(), asked.getProtocol()) == port(named.getPort(), named.getScheme()))) {
            return null;
        }
        return asked.getPort() < 0 ? asked.getHost() : asked.getHost() + ":" + asked.getPort();
    }

    boolean credentialsSent() {
        return credentialsSent;
    }

    /** Ends whatever is being sent or received, and lets nothing new begin. May block as long as a server is silent. */
    void disconnect() {
        cutOff = true;
        open.forEach(HttpURLConnection::disconnect);
    }

    /** Hands the credentials out once: a server that refused them is not asked a second time. */
    CredentialsProvider credentialsProvider() {
        return new CredentialsProvider() {
            @Override
            public boolean isInteractive() {
                return false;
            }

            @Override
            public boolean supports(CredentialItem... items) {
                for (CredentialItem item : items) {
                    if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
                        return false;
                    }
                }
                return true;
            }

            @Override
            public boolean get(URIish uri, CredentialItem... items) {
                if (credentials == null
                        || credentialsSent
                        || !supports(items)
                        || !mayKnowSecrets(uri.getScheme(), uri.getHost(), uri.getPort())) {
                    return false;
                }
                credentialsSent = true;
                for (CredentialItem item : items) {
                    if (item instanceof CredentialItem.Username user) {
                        user.setValue(credentials.username());
                    } else if (item instanceof CredentialItem.Password password) {
                        password.setValue(credentials.password().toCharArray());
                    }
                }
                return true;
            }
        };
    }

    /** A redirect from the http port to the https port of the same host is welcome; any other leads elsewhere. */
    private boolean mayKnowSecrets(String scheme, String host, int port) {
        int expected = "http".equalsIgnoreCase(named.getScheme()) ? 443 : port(named.getPort(), "https");
        return "https".equalsIgnoreCase(scheme)
                && named.getHost().equalsIgnoreCase(host)
                && expected == port(port, scheme);
    }

    private static int port(int given, String scheme) {
        if (given > 0) {
            return given;
        }
        return "https".equalsIgnoreCase(scheme) ? 443 : 80;
    }

    private final class Guarded extends JDKHttpConnection {
        private final boolean trusted;

        Guarded(HttpURLConnection connection, boolean trusted) throws IOException {
            super(carrying(connection), Proxy.NO_PROXY);
            this.trusted = trusted;
        }

        @Override
        public void setRequestProperty(String key, String value) {
            if (trusted || HARMLESS_HEADERS.contains(key.toLowerCase(Locale.ROOT))) {
                super.setRequestProperty(key, value);
            }
        }

        /** Asked for only where the user's configuration says http.sslVerify=false: the server is checked all the same. */
        @Override
        public void configure(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
            // Java's own trust store decides.
        }

        @Override
        public void setHostnameVerifier(HostnameVerifier verifier) {
            // Asked for together with the above.
        }

        @Override
        public int getResponseCode() throws IOException {
            int code = super.getResponseCode();
            status = code;
            return code;
        }
    }

    /** A URL that opens as the given connection: the parent opens its own, and keeps it from being cut off. */
    private static URL carrying(HttpURLConnection connection) throws IOException {
        return new URL(null, connection.getURL().toExternalForm(), new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return connection;
            }

            @Override
            protected URLConnection openConnection(URL url, Proxy proxy) {
                return connection;
            }
        });
    }
}
