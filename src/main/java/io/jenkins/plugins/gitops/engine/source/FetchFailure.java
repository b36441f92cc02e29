package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RemoteRepositoryException;

/** Says in plain words why a remote repository could not be read, and never shows credentials. */
final class FetchFailure {
    private static final int MAX_QUOTED = 300;

    private final RepositoryUrl url;
    private final GitCredentials credentials;
    private final HttpGuard http;
    private final RepositoryPolicy policy;

    FetchFailure(RepositoryUrl url, GitCredentials credentials, HttpGuard http, RepositoryPolicy policy) {
        this.url = url;
        this.credentials = credentials;
        this.http = http;
        this.policy = policy;
    }

    /** The failure of a request that only the remote can have failed. */
    BadInputException explain(IOException failure) {
        BadInputException known = explainIfRemote(failure);
        return known != null
                ? known
                : problem(url.display() + " cannot be read: " + plain(failure), "check the URL and the server");
    }

    /** {@code null} where it may as well be the local repository that failed. */
    BadInputException explainIfRemote(IOException failure) {
        BadInputException unanswered = explainIfUnanswered(failure);
        if (unanswered != null) {
            return unanswered;
        }
        if (has(failure, NoRemoteRepositoryException.class)) {
            return url.scheme().equals("ssh") ? forClosedSsh(failure) : noRepository();
        }
        if (has(failure, RemoteRepositoryException.class)) {
            return problem(url.display() + " refused to be fetched: " + plain(failure), "ask who runs the server");
        }
        if (has(failure, PackProtocolException.class)) {
            return problem(
                    url.display() + " does not answer as a Git repository does", "name the URL that git clone takes");
        }
        return null;
    }

    /** {@code null} where the repository at the other end did answer, if only to refuse what was asked for. */
    BadInputException explainIfUnanswered(IOException failure) {
        BadInputException said = url.scheme().startsWith("http") ? forStatus(http.status()) : forSsh(failure);
        return said != null ? said : forConnection(failure);
    }

    /** The message of the failure and of what caused it: one line, without credentials, not too long. */
    String plain(Throwable failure) {
        String line = whole(failure);
        return line.length() > MAX_QUOTED ? line.substring(0, MAX_QUOTED) + "..." : line;
    }

    private String whole(Throwable failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && text.indexOf(cause.getMessage()) < 0) {
                text.append(": ").append(cause.getMessage());
            }
        }
        String line = text.toString().replaceAll("\\p{Cntrl}+", " ").strip();
        String prefix = url.uri() + ": ";
        line = line.startsWith(prefix) ? line.substring(prefix.length()) : line;
        return credentials == null ? line : credentials.redact(line);
    }

    private BadInputException forStatus(int status) {
        return switch (status) {
            case 401, 407 -> unauthorized(status);
            case 403 ->
                problem(
                        url.display() + " refused access (403 Forbidden)",
                        "check that the user or token may read the repository");
            case 404, 410 -> noRepository();
            case 429, 500, 502, 503, 504 ->
                problem(host() + " cannot answer now (HTTP status " + status + ")", "try again later");
            default ->
                status < 400
                        ? null
                        : problem(host() + " answered with HTTP status " + status, "check the URL and the server");
        };
    }

    private BadInputException unauthorized(int status) {
        if (status == 407) {
            return problem("The proxy asks for a user name and a password", "configure the proxy for Java");
        }
        if (http.credentialsSent()) {
            return problem(
                    host() + " refused the user name, password or token for " + url.display(),
                    "check that they are right, have not expired, and may read the repository");
        }
        if (http.redirectedTo() != null) {
            return problem(
                    url.display() + " redirects to " + http.redirectedTo() + ", which asks for credentials;"
                            + " they are sent to no other server than the URL names",
                    "name the URL that it redirects to");
        }
        if (credentials != null && url.scheme().equals("http")) {
            return problem(host() + " asks for credentials, which are never sent over plain http", "use the https URL");
        }
        return credentials == null
                ? problem(
                        host() + " asks for a user name and a password or token, and none were given",
                        "give credentials that may read " + url.display())
                : problem(
                        host() + " asks for credentials in a way that is not spoken here",
                        "enable basic authentication for Git over https, or use ssh");
    }

    private BadInputException noRepository() {
        return problem(
                "There is no Git repository at " + url.display(),
                "check the URL; many servers also say so where the credentials may not read it");
    }

    private BadInputException forConnection(IOException failure) {
        if (has(failure, UnknownHostException.class)) {
            return unknownHost();
        }
        if (has(failure, SSLException.class)) {
            return problem(
                    host() + " cannot be trusted: " + plain(root(failure)),
                    "if its certificate comes from a private authority, add that to Java's trust store");
        }
        if (has(failure, InterruptedIOException.class)) {
            return silent();
        }
        if (has(failure, ConnectException.class) || has(failure, NoRouteToHostException.class)) {
            return unreachable(plain(root(failure)).replace(" " + host(), ""));
        }
        if (has(failure, SocketException.class) || has(failure, EOFException.class)) {
            return problem(
                    "The connection to " + host() + " broke: " + plain(root(failure)), "try again, check the network");
        }
        return null;
    }

    /** What OpenSSH and the servers behind it say, which reaches us as text alone. */
    private BadInputException forSsh(IOException failure) {
        String said = whole(failure).toLowerCase(Locale.ROOT);
        if (said.contains("identification has changed")) {
            return problem(
                    "The host key of " + host() + " is not the one that is known: somebody may be between",
                    "ask who runs the server whether the key was changed, before you touch known_hosts");
        }
        if (said.contains("host key verification failed")) {
            return problem(
                    "The host key of " + host() + " is not known",
                    "connect once with ssh and compare its fingerprint, or add it to known_hosts");
        }
        if (said.contains("permission denied") || said.contains("too many authentication failures")) {
            return problem(
                    host() + " refused the ssh key for " + url.display(),
                    "check that ssh-add -l lists a key that may read the repository");
        }
        if (said.contains("could not resolve hostname") || said.contains("unknown host")) {
            return unknownHost();
        }
        if (said.contains("timed out") || said.contains("not responding")) {
            return silent();
        }
        if (said.contains("connection refused") || said.contains("no route to host")) {
            return unreachable("Connection refused");
        }
        return null;
    }

    /** The connection ended before a repository answered: there may be none, or ssh itself may have failed. */
    private BadInputException forClosedSsh(IOException failure) {
        return whole(failure).toLowerCase(Locale.ROOT).contains("repository")
                ? noRepository()
                : problem(url.display() + " cannot be read: " + plain(failure), "try ssh to that host, and git clone");
    }

    private BadInputException unknownHost() {
        return problem("Host " + host() + " is not known", "check the URL's spelling, and name resolution");
    }

    private BadInputException unreachable(String why) {
        return problem(
                host() + " cannot be reached: " + why, "check the URL's host and port, the network, and any proxy");
    }

    private BadInputException silent() {
        return problem(
                host() + " did not answer within " + policy.timeoutSeconds() + " s", "try again, check the network");
    }

    private String host() {
        return url.scheme().startsWith("http") ? http.host() : url.uri().getHost();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static BadInputException problem(String message, String advice) {
        return new BadInputException(message, advice);
    }
}
