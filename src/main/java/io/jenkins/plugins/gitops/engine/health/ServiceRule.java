package io.jenkins.plugins.gitops.engine.health;

import java.util.Set;

/** A Service of type LoadBalancer needs an address from outside; every other one works once it exists. */
final class ServiceRule implements HealthRule {

    @Override
    public Set<String> groupKinds() {
        return Set.of("Service");
    }

    @Override
    public Health assess(LiveObject live, HealthContext context) {
        if (!live.text("/spec/type").equals("LoadBalancer")) {
            return Health.healthy();
        }
        if (live.text("/spec/clusterIP").isEmpty()) {
            return Health.progressing("waiting for a cluster IP");
        }
        return live.at("/status/loadBalancer/ingress").isEmpty()
                ? Health.progressing("waiting for the load balancer's address")
                : Health.healthy();
    }
}
