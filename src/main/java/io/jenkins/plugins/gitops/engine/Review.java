package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.util.List;
import java.util.function.Supplier;

/** The plan that a run makes for a review, or that it was given after one. */
final class Review {

    private final PlanFile reviewed;
    private final PlanKey key;
    private final boolean wanted;
    private PlanFile made;

    private Review(PlanFile reviewed, PlanKey key, boolean wanted) {
        this.reviewed = reviewed;
        this.key = key;
        this.wanted = wanted;
    }

    /** Of a run that has nothing to do with reviews. */
    static Review none() {
        return new Review(null, null, false);
    }

    /** Of a run that makes a plan to be reviewed. */
    static Review wanted(PlanKey key) {
        return new Review(null, key, true);
    }

    /** Of a run that does what was reviewed. */
    static Review given(PlanFile reviewed, PlanKey key) {
        return new Review(reviewed, key, false);
    }

    /** The plan that the run has made; {@code null} where it came to none. */
    PlanFile made() {
        return made;
    }

    void keep(Report report, SyncRequest request, Observed now) throws ClusterException, InterruptedException {
        if (wanted) {
            made = PlanFile.of(report, now.plan(), request.drift(), request.apply(), cluster(now), key);
        }
    }

    /**
     * What has moved since the review, one sentence each.
     *
     * @param report as far as it is known
     */
    List<String> moved(Supplier<Report> report, Observed now) throws ClusterException, InterruptedException {
        return reviewed == null
                ? List.of()
                : reviewed.moved(reviewed.again(report.get(), now.plan(), cluster(now), key));
    }

    private static String cluster(Observed now) throws ClusterException, InterruptedException {
        ApiResource namespaces = now.resources().findByGroupKind("Namespace").orElseThrow();
        try {
            return now.objects()
                    .get(namespaces, "", "kube-system")
                    .map(namespace -> namespace.path("metadata").path("uid").asText(""))
                    .orElse("");
        } catch (ApiException e) {
            if (e.code() == 403) {
                return "";
            }
            throw e;
        }
    }
}
