package io.jenkins.plugins.gitops.engine.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a Git server is told when it asks who is there. They are sent over https only, and only to the host that the
 * repository's URL names. Neither {@link #toString} nor anything else of this class shows them.
 */
public final class GitCredentials {
    private final String username;
    private final String password;

    private GitCredentials(String username, String password) {
        this.username = Objects.requireNonNull(username, "username");
        this.password = Objects.requireNonNull(password, "password");
    }

    /**
     * A user name and a password, or a user name and a token.
     *
     * @param password may be empty, for servers that take a token as the user name
     */
    public static GitCredentials of(String username, String password) {
        return new GitCredentials(username, password);
    }

    /**
     * A token alone, which GitHub, GitLab, Gitea and Azure DevOps take with any user name. A server that wants a
     * certain one, as Bitbucket's {@code x-token-auth}, needs {@link #of}.
     */
    public static GitCredentials token(String token) {
        return new GitCredentials("git", token);
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    /** The text with every occurrence of the secret replaced, as it is and as a URL spells it. */
    String redact(String text) {
        String secret = password.isEmpty() ? username : password;
        if (text == null || secret.isEmpty()) {
            return text;
        }
        return text.replace(secret, "***").replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "***");
    }

    @Override
    public String toString() {
        return "GitCredentials";
    }
}
