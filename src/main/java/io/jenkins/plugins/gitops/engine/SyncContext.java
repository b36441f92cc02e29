package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.lease.AppLease;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;

/**
 * What the phases of a sync share.
 *
 * @param now the cluster as it was seen, and the plan that follows
 * @param lease held, unless the app's home namespace does not exist yet or nothing is written
 */
record SyncContext(
        SyncRequest request,
        ProgressListener progress,
        ReportBuilder report,
        ApiServer server,
        ApplySet applySet,
        Observed now,
        AppLease lease) {}
