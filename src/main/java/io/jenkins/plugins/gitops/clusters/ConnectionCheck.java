package io.jenkins.plugins.gitops.clusters;

import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.cluster.AccessReview;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What a cluster says of itself and of the credential, from the controller, for the button of a form. */
final class ConnectionCheck {

    private ConnectionCheck() {}

    static FormValidation of(DefinedCluster defined) {
        ClusterAccess access;
        try {
            access = JobClusters.access(defined, JobCredentials.kept(defined));
        } catch (IOException e) {
            return FormValidation.error(e.getMessage());
        }
        try (ApiServer server = ApiServer.connect(access)) {
            String version = server.version();
            AccessReview review = new AccessReview(server);
            String who = Messages.ConnectionCheck_connected(access.server(), version, review.whoAmI());
            List<AccessReview.Missing> missing = review.missing(server.defaultNamespace());
            if (missing.isEmpty()) {
                return FormValidation.ok(
                        who + " " + Messages.ConnectionCheck_nothingMissing(server.defaultNamespace()));
            }
            return FormValidation.warning(
                    who + " " + Messages.ConnectionCheck_missing(server.defaultNamespace(), text(missing)));
        } catch (ApiException e) {
            return FormValidation.error(Messages.ConnectionCheck_refused(access.server(), e.code()));
        } catch (ClusterException e) {
            return FormValidation.error(e.getMessage() + "; " + e.advice());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error(Messages.ConnectionCheck_interrupted());
        }
    }

    private static String text(List<AccessReview.Missing> missing) {
        return missing.stream()
                .map(kind -> String.join("/", kind.verbs()) + " " + kind.resource())
                .collect(Collectors.joining(", "));
    }
}
