package io.jenkins.plugins.gitops.engine.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.Test;

public class FieldManagersTest {

    @Test
    public void toolsOfPeople() {
        for (String manager :
                List.of("kubectl", "kubectl-edit", "kubectl-client-side-apply", "k9s", "Mozilla", "oc-patch")) {
            assertTrue(manager, FieldManagers.isByHand(manager));
            assertFalse(manager, isController(manager, ""));
        }
    }

    @Test
    public void controllersByTheirNames() {
        for (String manager : List.of(
                "kube-controller-manager",
                "cert-manager-cainjector",
                "istio-sidecar-injector",
                "vpa-recommender",
                "keda-operator",
                "manager",
                "some-operator",
                "aws-load-balancer-controller",
                "kyverno",
                "jenkins-gitops")) {
            assertTrue(manager, isController(manager, ""));
        }
        for (String manager :
                List.of("platform-team", "python-client", "curl", "helm", "terraform", "Go-http-client", "")) {
            assertFalse(manager, isController(manager, ""));
        }
    }

    @Test
    public void whoeverWritesTheStatusIsAController() {
        assertTrue(isController("acme-thing", "status"));
        ObjectNode live = live("acme-thing", "");
        ((ObjectNode) live.get("metadata")).withArrayProperty("managedFields").add(entry("acme-thing", "status"));
        FieldOwners owners = FieldOwners.of(live);
        assertEquals(2, owners.all().size());
        owners.all().forEach(owner -> assertTrue(FieldManagers.isController(owner, owners)));
    }

    private static boolean isController(String manager, String subresource) {
        FieldOwners owners = FieldOwners.of(live(manager, subresource));
        return FieldManagers.isController(owners.all().get(0), owners);
    }

    private static ObjectNode live(String manager, String subresource) {
        ObjectNode live = JsonNodeFactory.instance.objectNode();
        live.putObject("metadata").putArray("managedFields").add(entry(manager, subresource));
        return live;
    }

    private static ObjectNode entry(String manager, String subresource) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("manager", manager).put("operation", "Update").put("subresource", subresource);
        entry.putObject("fieldsV1").putObject("f:spec");
        return entry;
    }
}
