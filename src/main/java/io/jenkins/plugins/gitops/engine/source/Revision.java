package io.jenkins.plugins.gitops.engine.source;

import java.time.Instant;

/**
 * A commit of the config repository, as a report names it.
 *
 * @param commit the full commit hash, 40 lower-case hexadecimal digits
 * @param ref the branch or tag that was asked for or is checked out; {@code null} for a bare commit
 * @param subject the first line of the commit message
 * @param author the author's name (without the address)
 * @param committedAt the committer's time
 * @param modified whether files of a working tree were read that differ from the commit
 */
public record Revision(
        String commit, String ref, String subject, String author, Instant committedAt, boolean modified) {

    /** The first eight digits, with {@code +} behind it where the working tree differed. */
    public String shortName() {
        String digits = commit.length() > 8 ? commit.substring(0, 8) : commit;
        return modified ? digits + "+" : digits;
    }
}
