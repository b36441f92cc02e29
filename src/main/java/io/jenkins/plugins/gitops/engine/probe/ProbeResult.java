package io.jenkins.plugins.gitops.engine.probe;

import java.util.List;

/**
 * What a probe has found.
 *
 * @param known whether the cluster has an inventory of the app; without one nothing else is known: it was never synced
 *     there, or somebody has deleted the inventory
 * @param revision the commit that was last synced in full; {@code null} where none was
 * @param findings what is not as the last sync left it, sorted by identity; empty where nothing foreign happened
 * @param objects how many objects were looked at
 * @param unknown how many of the app's objects nothing was remembered of: those that a sync leaves alone or keeps, and what
 *     a sync that failed did not come to
 * @param requests HTTP requests that it took
 * @param bytes bodies of the answers, before transport compression
 * @param state what was seen, for the next probe to go on from
 */
public record ProbeResult(
        boolean known,
        String revision,
        List<Finding> findings,
        int objects,
        int unknown,
        long requests,
        long bytes,
        ProbeState state) {

    public ProbeResult {
        findings = List.copyOf(findings);
    }

    /** Whether the app is as its last sync left it, as far as metadata tells. */
    public boolean isQuiet() {
        return known && findings.isEmpty();
    }
}
