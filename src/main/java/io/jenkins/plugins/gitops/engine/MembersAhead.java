package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.inventory.Inventory;
import io.jenkins.plugins.gitops.engine.inventory.Members;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.parallel.Ahead;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The lists of an app's members, asked for before anybody can take what they say: until then every list is stopped at its
 * first object, and the rest of it waits in the connection.
 */
final class MembersAhead implements AutoCloseable {

    private final Ahead<Void, ClusterException> listing;
    private final CountDownLatch taken = new CountDownLatch(1);
    private volatile Members.Sink sink;

    /** @param desired what Git declares, as {@link Members#list(Inventory, Map, Members.Sink)} has it */
    MembersAhead(Members members, Inventory inventory, Map<ObjectId, ApiResource> desired) {
        this.listing = new Ahead<>(() -> {
            members.list(inventory, desired, (id, member) -> {
                taken.await();
                sink.accept(id, member);
            });
            return null;
        });
    }

    void begin() {
        listing.begin("gitops-members");
    }

    /** Returns when every member was handed out. */
    void handTo(Members.Sink each) throws ClusterException, InterruptedException {
        sink = each;
        taken.countDown();
        listing.get();
    }

    /** Ends the lists where they are not over. */
    @Override
    public void close() {
        listing.cancel();
    }
}
