package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The app's members, looked at while lists of them stream by: what is proven to be in sync is settled at once and
 * forgotten, so that memory does not grow with the cluster. Only what needs a closer look is kept. Safe for use by
 * several threads.
 */
public final class Observation {

    private final Comparison comparison;
    private final Map<ObjectId, Target> targets = new HashMap<>();
    private final BiConsumer<ObjectId, ObjectNode> inSync;
    private final Map<ObjectId, Change> settled = new ConcurrentHashMap<>();
    private final Map<ObjectId, ObjectNode> open = new ConcurrentHashMap<>();
    private final Map<ObjectId, String> states = new ConcurrentHashMap<>();

    Observation(Comparison comparison, List<Target> declared, BiConsumer<ObjectId, ObjectNode> inSync) {
        this.comparison = comparison;
        this.inSync = inSync;
        declared.forEach(target -> targets.put(target.id(), target));
    }

    /** A member as a list shows it. The same one may come again: what came last counts. */
    public void see(ObjectId id, ObjectNode live) {
        Target target = targets.get(id);
        Comparison.Settled verdict = target == null || !target.verifiable() ? null : comparison.settled(target, live);
        if (verdict != null) {
            settled.put(id, verdict.change());
            states.put(id, verdict.state());
            open.remove(id);
            inSync.accept(id, live);
        } else {
            settled.remove(id);
            states.remove(id);
            open.put(id, live);
        }
    }

    /** The {@linkplain LiveState state} of every object that is settled. */
    public Map<ObjectId, String> states() {
        return states;
    }

    Collection<Target> targets() {
        return targets.values();
    }

    /** The verdict on an object that needs no closer look; {@code null} where it does. */
    Change settled(ObjectId id) {
        return settled.get(id);
    }

    /** The object as a list showed it; {@code null} where none did, or where it is settled. */
    ObjectNode live(ObjectId id) {
        return open.get(id);
    }

    /** Members that Git does not declare. */
    Map<ObjectId, ObjectNode> extras() {
        Map<ObjectId, ObjectNode> extras = new HashMap<>(open);
        extras.keySet().removeAll(targets.keySet());
        return extras;
    }
}
