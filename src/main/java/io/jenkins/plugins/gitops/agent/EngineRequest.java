package io.jenkins.plugins.gitops.agent;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.io.File;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the engine is to do in a node, as it crosses the channel. The config repository is a checkout in that node.
 *
 * @param command what to do
 * @param app the app's name
 * @param path the folder in the repository; {@code null} for the folder in which the step runs, else the root
 * @param namespace {@code null} for the credential's default
 * @param prune whether objects that left Git are deleted
 * @param awaitHealth whether to wait until everything is healthy
 * @param timeoutSeconds how long to wait for that
 * @param checkoutRoot the folder above which no checkout is looked for
 */
public record EngineRequest(
        Command command,
        String app,
        String path,
        String namespace,
        boolean prune,
        boolean awaitHealth,
        int timeoutSeconds,
        String checkoutRoot)
        implements Serializable {

    SyncRequest forCheckout(File checkout) {
        RepositoryRequest repository =
                new RepositoryRequest(checkout.getPath(), null, false, RepositoryPolicy.localAndRemote(), null);
        return SyncRequest.of(command, repository)
                .withApp(app)
                .withPath(path)
                .withNamespace(namespace)
                .withApply(ApplyPolicy.DEFAULT.withPrune(prune))
                .withHealth(new HealthPolicy(awaitHealth, Duration.ofSeconds(timeoutSeconds)));
    }
}
