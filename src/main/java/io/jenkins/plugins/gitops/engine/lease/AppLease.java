package io.jenkins.plugins.gitops.engine.lease;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.inventory.ApplySet;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The right to write to an app, held by one sync at a time: the {@code Lease} beside the app's inventory, by the same
 * name. It is renewed while it is held; a sync that was killed lets it expire. All times are the API server's: the clocks
 * of those who sync need not agree.
 */
public final class AppLease implements AutoCloseable {

    /** So long after the last renewal another sync may take over. */
    static final Duration DURATION = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final ApiResource LEASES = new ApiResource(
            "coordination.k8s.io", "v1", "Lease", "leases", true, Set.of("get", "patch", "create", "update"));
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final ApiServer server;
    private final ObjectApi objects;
    private final ApplySet applySet;
    private final LeasePolicy policy;
    private final ProgressListener progress;
    private final String identity;
    private boolean waited;
    private boolean forbidden;
    private volatile boolean discarded;
    private LeaseRenewal renewal;

    /** @param policy who syncs, and how long to wait for others */
    public AppLease(ApiServer server, ApplySet applySet, LeasePolicy policy, ProgressListener progress) {
        this.server = server;
        this.objects = new ObjectApi(server);
        this.applySet = applySet;
        this.policy = policy;
        this.progress = progress;
        this.identity = policy.holder() + "_" + UUID.randomUUID().toString().substring(0, 8);
    }

    /**
     * Takes the lease, or waits for it; does nothing where it is held already. Where the app's home namespace does not
     * exist yet there can be none: call again when it does. A credential without the right to leases gets a warning and
     * goes on without. The thread that calls is interrupted should the lease be lost later, and {@link #loss()} then says
     * why.
     *
     * @return whether another sync had it meanwhile: then what was observed before is out of date
     * @throws LeaseHeldException if another sync still holds it when the time is up
     */
    public boolean acquire() throws LeaseHeldException, ClusterException, InterruptedException {
        if (renewal != null || forbidden) {
            return false;
        }
        waited = false;
        try {
            renewal = LeaseRenewal.start(this, take());
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return waited;
            }
            if (e.code() != 403) {
                throw e;
            }
            forbidden = true;
            progress.warning(Problem.warning(
                    null,
                    "this credential may not use the Lease " + name()
                            + ": nothing keeps this sync and another one of the same app apart",
                    "allow get, create and patch on leases.coordination.k8s.io in that namespace"));
        }
        return waited;
    }

    public boolean isHeld() {
        return renewal != null && renewal.loss() == null;
    }

    /** Why it is not held any more; empty while it is. */
    public Optional<String> loss() {
        return renewal == null ? Optional.empty() : Optional.ofNullable(renewal.loss());
    }

    private LeaseRecord take() throws LeaseHeldException, ClusterException, InterruptedException {
        long deadline = System.nanoTime() + policy.patience().toNanos();
        long pause = 100;
        while (true) {
            Optional<LeaseRecord> seen = look();
            Optional<LeaseRecord> taken = seen.isEmpty() ? create() : free(seen.get()) ? seize(seen.get()) : seen;
            if (taken.isPresent() && isMine(taken.get())) {
                return taken.get();
            }
            if (seen.isPresent() && !free(seen.get())) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new LeaseHeldException(describe(seen.get()) + ": nothing was done; sync again when it has"
                            + " ended, or give more time to wait for it");
                }
                if (!waited) {
                    progress.message(describe(seen.get()) + "; waiting for it to end");
                }
                waited = true;
                Thread.sleep(Math.min(pause, left));
                pause = Math.min(pause * 2, LONGEST_PAUSE.toMillis());
            }
        }
    }

    private boolean free(LeaseRecord seen) {
        return seen.isFree(server.now());
    }

    private String describe(LeaseRecord seen) {
        String holder = seen.holder().replaceFirst("_[0-9a-f]{8}$", "");
        String since =
                seen.acquired() == null ? "" : " since " + seen.acquired().truncatedTo(ChronoUnit.SECONDS);
        return "app \"" + applySet.app() + "\" is being synced by " + holder + since + " (Lease " + name() + ")";
    }

    private String name() {
        return applySet.namespace() + "/" + applySet.parentName();
    }

    Optional<LeaseRecord> look() throws ClusterException, InterruptedException {
        return objects.get(LEASES, applySet.namespace(), applySet.parentName()).map(LeaseRecord::of);
    }

    boolean isMine(LeaseRecord seen) {
        return seen.holder().equals(identity);
    }

    /** Nobody has ever had it. Empty where somebody else was faster. */
    private Optional<LeaseRecord> create() throws ClusterException, InterruptedException {
        ObjectNode lease = JsonNodeFactory.instance.objectNode();
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        lease.putObject("metadata").put("name", applySet.parentName()).put("namespace", applySet.namespace());
        lease.set("spec", spec());
        try {
            return Optional.of(LeaseRecord.of(objects.create(LEASES, lease)));
        } catch (ApiException e) {
            return ifOutrun(e);
        }
    }

    private Optional<LeaseRecord> seize(LeaseRecord seen) throws ClusterException, InterruptedException {
        return replace(seen, spec());
    }

    /** Makes the lease last longer. Empty where it has changed since it was seen. */
    Optional<LeaseRecord> renew(LeaseRecord seen) throws ClusterException, InterruptedException {
        ObjectNode spec = spec();
        if (seen.acquired() != null) {
            spec.put("acquireTime", MICRO_TIME.format(seen.acquired()));
        }
        return replace(seen, spec);
    }

    /** From now on it is not given back but deleted: with the app goes its lease. */
    public void discard() {
        discarded = true;
    }

    /** Gives it back, unless somebody else has it by now. */
    void release(LeaseRecord seen) throws ClusterException, InterruptedException {
        if (discarded) {
            try {
                objects.delete(LEASES, applySet.namespace(), applySet.parentName(), seen.uid(), seen.resourceVersion());
                return;
            } catch (ApiException e) {
                // A credential that may not delete leases can still give them back.
            }
        }
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        replace(seen, spec.put("leaseDurationSeconds", DURATION.toSeconds()));
    }

    private Optional<LeaseRecord> replace(LeaseRecord seen, ObjectNode spec)
            throws ClusterException, InterruptedException {
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        operations
                .addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", seen.resourceVersion());
        operations.addObject().put("op", "replace").put("path", "/spec").set("value", spec);
        try {
            return Optional.of(
                    LeaseRecord.of(objects.jsonPatch(LEASES, applySet.namespace(), applySet.parentName(), operations)));
        } catch (ApiException e) {
            return ifOutrun(e);
        }
    }

    /** A failed {@code test} of a JSON patch is answered with 422. */
    private static Optional<LeaseRecord> ifOutrun(ApiException e) throws ApiException {
        if (e.isConflict() || e.code() == 422) {
            return Optional.empty();
        }
        throw e;
    }

    private ObjectNode spec() {
        Instant now = server.now();
        return JsonNodeFactory.instance
                .objectNode()
                .put("holderIdentity", identity)
                .put("leaseDurationSeconds", DURATION.toSeconds())
                .put("acquireTime", MICRO_TIME.format(now))
                .put("renewTime", MICRO_TIME.format(now));
    }

    /** Gives it back, in an interrupted thread too. */
    @Override
    public void close() {
        if (renewal != null) {
            renewal.end();
        }
    }
}
