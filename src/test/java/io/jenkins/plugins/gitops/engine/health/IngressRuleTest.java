package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class IngressRuleTest {

    private static final Health NO_ADDRESS = Health.healthy("admitted; no controller reports an address");
    private static final Health WAITING = Health.progressing("waiting for an address");
    private static final Health OTHERS_HAVE =
            Health.progressing("waiting for an address, which others of its class have");

    private final HealthCases cases = HealthCases.read("ingress.yaml");

    @Test
    public void isHealthyWithAnAddress() {
        assertEquals(Health.healthy(), cases.assess("with-address"));
    }

    @Test
    public void waitsForAnAddressOnlyForAWhile() {
        assertEquals(WAITING, cases.assess("new"));
        assertEquals(NO_ADDRESS, cases.assess("old"));
    }

    @Test
    public void waitsAsLongAsOthersOfItsClassHaveOne() {
        assertEquals(OTHERS_HAVE, cases.assess("old", cases.knowing("old", "old-too", "with-address")));
        assertEquals(OTHERS_HAVE, cases.assess("by-annotation", cases.knowing("other-class-with-address")));
        assertEquals(NO_ADDRESS, cases.assess("old", cases.knowing("old", "other-class-with-address")));
    }

    @Test
    public void takesTheSameNameInAnotherNamespaceForAnotherIngress() {
        ObjectNode elsewhere = cases.get("with-address").deepCopy();
        ((ObjectNode) elsewhere.get("metadata")).put("name", "old").put("namespace", "blog");
        HealthContext context = new HealthContext() {
            @Override
            public Optional<ObjectNode> find(ObjectId id) {
                return Optional.empty();
            }

            @Override
            public List<ObjectNode> peers(ObjectNode live) {
                return List.of(elsewhere);
            }
        };
        assertEquals(OTHERS_HAVE, cases.assess("old", context));
    }

    @Test
    public void doesNotWaitWhereOthersOfItsClassNeverGotOne() {
        assertEquals(NO_ADDRESS, cases.assess("new", cases.knowing("new", "old-too")));
        assertEquals(WAITING, cases.assess("new", cases.knowing("new", "by-annotation")));
    }
}
