package io.jenkins.plugins.gitops.engine.source;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which config repository to read, and at which revision.
 *
 * @param repo a Git URL ({@code https://}, {@code ssh://}, {@code git@host:path}, {@code file://}), or the path of a
 *     checkout, of a folder inside one, or of a bare repository
 * @param revision a branch, a tag, a full or abbreviated commit, or an expression such as {@code HEAD~1};
 *     {@code null} for HEAD
 * @param workingTree whether the files are read as they stand on disk, which needs a checkout and no revision
 * @param policy what may be read
 * @param credentials for a remote repository; {@code null} for those in the URL, or none
 */
public record RepositoryRequest(
        String repo, String revision, boolean workingTree, RepositoryPolicy policy, GitCredentials credentials)
        implements Serializable {

    public RepositoryRequest {
        Objects.requireNonNull(repo, "repo");
        Objects.requireNonNull(policy, "policy");
        revision = revision == null || revision.isBlank() ? null : revision.strip();
    }

    /** Without what the URL may hold of a user name and a password. */
    @Override
    public String toString() {
        return RepositoryUrl.withoutUser(repo)
                + (revision == null ? "" : " at " + revision)
                + (workingTree ? " (working tree)" : "");
    }
}
