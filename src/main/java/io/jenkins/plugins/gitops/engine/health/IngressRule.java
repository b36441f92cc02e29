package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;

/**
 * Healthy when it has an address. Many controllers never report one, so a missing address is waited for only as long as
 * there is a reason to expect it: for a while after the creation, and as long as another Ingress of the class has one.
 */
final class IngressRule implements HealthRule {

    /** Controllers publish addresses at intervals; that of ingress-nginx, a minute, is the longest of the common ones. */
    static final Duration ADDRESS = Duration.ofSeconds(75);

    @Override
    public Set<String> groupKinds() {
        return Set.of("Ingress.networking.k8s.io");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (hasAddress(live)) {
            return Health.healthy();
        }
        boolean othersHave = false;
        boolean othersLack = false;
        for (ObjectNode json : context.peers(live.json())) {
            LiveObject peer = new LiveObject(json);
            if (!isSame(peer, live) && ingressClass(peer).equals(ingressClass(live))) {
                othersHave |= hasAddress(peer);
                othersLack |= !hasAddress(peer) && !peer.isYoungerThan(ADDRESS, context.now());
            }
        }
        if (othersHave) {
            return Health.progressing("waiting for an address, which others of its class have");
        }
        return !othersLack && live.isYoungerThan(ADDRESS, context.now())
                ? Health.progressing("waiting for an address")
                : Health.healthy("admitted; no controller reports an address");
    }

    private static boolean hasAddress(LiveObject ingress) {
        return !ingress.at("/status/loadBalancer/ingress").isEmpty();
    }

    private static boolean isSame(LiveObject one, LiveObject other) {
        return one.name().equals(other.name()) && one.namespace().equals(other.namespace());
    }

    /** Empty for the default class. */
    private static String ingressClass(LiveObject ingress) {
        return ingress.text("/spec/ingressClassName", ingress.annotation("kubernetes.io/ingress.class"));
    }
}
