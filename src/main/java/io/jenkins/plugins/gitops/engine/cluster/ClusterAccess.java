package io.jenkins.plugins.gitops.engine.cluster;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * One API server and the one credential to use there. Holds nothing that is read later from a file or an environment,
 * so that what was checked is what is used; {@link #toString()} shows no secret.
 */
public final class ClusterAccess implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String server;
    private String name;
    private String caCertificate;
    private boolean insecureSkipTlsVerify;
    private String tlsServerName;
    private String token;
    private String username;
    private String password;
    private String clientCertificate;
    private String clientKey;
    private String proxyUrl;
    private String namespace;

    /**
     * @param server the API server's URL; {@code https}, or {@code http} on a loopback address
     * @throws ClusterException if it is no such URL
     */
    public ClusterAccess(String server) throws ClusterException {
        this.server = checked(Objects.requireNonNull(server, "server"));
    }

    private static String checked(String server) throws ClusterException {
        URI uri;
        try {
            uri = new URI(server);
        } catch (URISyntaxException e) {
            throw new ClusterException("the API server's URL is not a URL", "give one such as https://host:6443");
        }
        boolean loopback =
                "localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost()) || "[::1]".equals(uri.getHost());
        if (uri.getHost() == null
                || !("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback))) {
            throw new ClusterException(
                    "the API server's URL must begin with https://",
                    "give one such as https://host:6443: a credential is never sent in the clear");
        }
        if (uri.getUserInfo() != null) {
            throw new ClusterException(
                    "the API server's URL holds a user name or password", "give them as a credential instead");
        }
        return server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    }

    /** What people call the cluster, such as the kubeconfig's context; {@code null} where it has no name. */
    public ClusterAccess name(String name) {
        this.name = blankToNull(name);
        return this;
    }

    /** PEM of the certificate authorities to trust; {@code null} for those that the Java runtime trusts. */
    public ClusterAccess caCertificate(String pem) {
        this.caCertificate = blankToNull(pem);
        return this;
    }

    /** Only where a person has said so in as many words. */
    public ClusterAccess insecureSkipTlsVerify(boolean insecure) {
        this.insecureSkipTlsVerify = insecure;
        return this;
    }

    /** The name to expect in the server's certificate where it is not the URL's host. */
    public ClusterAccess tlsServerName(String name) {
        this.tlsServerName = blankToNull(name);
        return this;
    }

    /** A bearer token. */
    public ClusterAccess token(String token) {
        this.token = blankToNull(token);
        return this;
    }

    public ClusterAccess basic(String username, String password) {
        this.username = blankToNull(username);
        this.password = password;
        return this;
    }

    /** PEM of a client certificate (with its chain) and of its private key. */
    public ClusterAccess clientCertificate(String certificatePem, String keyPem) {
        this.clientCertificate = blankToNull(certificatePem);
        this.clientKey = blankToNull(keyPem);
        return this;
    }

    /** {@code http://host:port}; {@code null} for a direct connection. */
    public ClusterAccess proxyUrl(String url) {
        this.proxyUrl = blankToNull(url);
        return this;
    }

    /** The namespace for objects that name none; {@code null} for {@code default}. */
    public ClusterAccess namespace(String namespace) {
        this.namespace = blankToNull(namespace);
        return this;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }

    public String name() {
        return name;
    }

    public String server() {
        return server;
    }

    public String caCertificate() {
        return caCertificate;
    }

    public boolean insecureSkipTlsVerify() {
        return insecureSkipTlsVerify;
    }

    public String tlsServerName() {
        return tlsServerName;
    }

    String token() {
        return token;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    String clientCertificate() {
        return clientCertificate;
    }

    String clientKey() {
        return clientKey;
    }

    public String proxyUrl() {
        return proxyUrl;
    }

    public String namespace() {
        return namespace;
    }

    public boolean hasCredential() {
        return token != null || username != null || clientCertificate != null;
    }

    /** The server, and never a credential. */
    @Override
    public String toString() {
        return server;
    }
}
