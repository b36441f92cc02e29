package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final Map<ObjectId, Declared> declared = new LinkedHashMap<>();
    private final Map<ObjectId, ObjectNode> extras = new ConcurrentHashMap<>();
    private final BiConsumer<ObjectId, ObjectNode> inSync;

    /** What was seen of an object that Git declares: either that it is settled, or what it is. */
    static final class Declared {
        private final Target target;
        private volatile Comparison.Settled settled;
        private volatile ObjectNode open;

        private Declared(Target target) {
            this.target = target;
        }

        Target target() {
            return target;
        }

        /** The verdict on an object that needs no closer look; {@code null} where it does. */
        Change settled() {
            return settled == null ? null : settled.change();
        }

        /** The object as a list showed it; {@code null} where none did, or where it is settled. */
        ObjectNode live() {
            return open;
        }
    }

    Observation(Comparison comparison, List<Target> targets, BiConsumer<ObjectId, ObjectNode> inSync) {
        this.comparison = comparison;
        this.inSync = inSync;
        targets.forEach(target -> declared.put(target.id(), new Declared(target)));
    }

    /** A member as a list shows it. The same one may come again: what came last counts. */
    public void see(ObjectId id, ObjectNode live) {
        Declared known = declared.get(id);
        if (known == null) {
            extras.put(id, live);
            return;
        }
        Comparison.Settled verdict = known.target.verifiable() ? comparison.settled(known.target, live) : null;
        known.settled = verdict;
        known.open = verdict == null ? live : null;
        if (verdict != null) {
            inSync.accept(known.target.id(), live);
        }
    }

    /** The {@linkplain LiveState state} of every object that is settled. */
    public Map<ObjectId, String> states() {
        Map<ObjectId, String> states = new HashMap<>(2 * declared.size());
        declared.forEach((id, known) -> {
            if (known.settled != null) {
                states.put(id, known.settled.state());
            }
        });
        return states;
    }

    /** What Git declares, in its order. */
    Collection<Declared> declared() {
        return declared.values();
    }

    /** Members that Git does not declare. */
    Map<ObjectId, ObjectNode> extras() {
        return extras;
    }
}
