package jenkins.authentication.tokens.api;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsMatcher;

/** What credentials can be converted to. */
public final class AuthenticationTokens {
    private AuthenticationTokens() {}

    public static <T> CredentialsMatcher matcher(Class<T> tokenClass) {
        throw new UnsupportedOperationException();
    }

    /** @return {@code null} where it cannot be converted */
    public static <T, C extends Credentials> T convert(Class<T> type, C credentials) {
        throw new UnsupportedOperationException();
    }
}
