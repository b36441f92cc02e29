package io.jenkins.plugins.gitops.engine.source;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jgit.transport.SshSessionFactory;

/**
 * What a config repository may be. Whatever it says: only https, http, ssh, git and file are ever spoken, remote
 * helpers such as {@code ext::} are refused, and no hook, filter or program that a Git configuration names is run.
 *
 * @param localAllowed whether paths of this machine and {@code file://} URLs may be read
 * @param foldersAllowed whether a folder that is in no Git repository may be read, as it stands on disk
 * @param timeout how long a server may stay silent
 * @param ssh opens ssh connections; {@code null} where ssh URLs cannot be fetched
 * @param signers who must have signed the commit that is read; {@code null} where it need not be signed
 */
public record RepositoryPolicy(
        boolean localAllowed, boolean foldersAllowed, Duration timeout, SshSessionFactory ssh, TrustedSigners signers)
        implements Serializable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    public RepositoryPolicy {
        Objects.requireNonNull(timeout, "timeout");
    }

    /** Checkouts of this machine and remote repositories: for whoever may read this machine's files anyway. */
    public static RepositoryPolicy localAndRemote() {
        return new RepositoryPolicy(true, false, TIMEOUT, null, null);
    }

    /** Remote repositories only: for a server that reads what others name. */
    public static RepositoryPolicy remoteOnly() {
        return new RepositoryPolicy(false, false, TIMEOUT, null, null);
    }

    /** Folders that are in no Git repository too: for what only reads, since nothing says what they held yesterday. */
    public RepositoryPolicy withFolders() {
        return new RepositoryPolicy(localAllowed, true, timeout, ssh, signers);
    }

    public RepositoryPolicy withTimeout(Duration silence) {
        return new RepositoryPolicy(localAllowed, foldersAllowed, silence, ssh, signers);
    }

    public RepositoryPolicy withSsh(SshSessionFactory sessions) {
        return new RepositoryPolicy(localAllowed, foldersAllowed, timeout, sessions, signers);
    }

    /** @param trusted one of whom must have signed the commit; anything else is refused before it is read */
    public RepositoryPolicy withSigners(TrustedSigners trusted) {
        return new RepositoryPolicy(localAllowed, foldersAllowed, timeout, ssh, trusted);
    }

    /** As JGit wants it: whole seconds, at least one. */
    int timeoutSeconds() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE / 1000, timeout.toSeconds()));
    }
}
