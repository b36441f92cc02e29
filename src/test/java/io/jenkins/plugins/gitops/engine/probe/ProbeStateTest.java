package io.jenkins.plugins.gitops.engine.probe;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Test;

/** The text form of what was seen, which may come from a machine that is not trusted. */
public class ProbeStateTest {

    private static final String STATE = "0123456789abcdef";

    private static ProbeState state(Map<String, String> objects, Map<String, String> kinds) {
        return new ProbeState("0a1b-2c", new TreeMap<>(objects), new TreeMap<>(kinds));
    }

    @Test
    public void whatIsWrittenIsRead() {
        ProbeState state = state(
                Map.of(
                        "Deployment.apps/shop/web", STATE,
                        "Namespace//shop", STATE,
                        "ClusterRole.rbac.authorization.k8s.io//system:node reader", STATE,
                        "Widget.example-1.org/shop/w\u00e9b", STATE),
                Map.of(
                        "Deployment.apps", "4711 apps/v1 deployments Namespaced",
                        "Namespace", "4712 v1 namespaces Cluster"));
        ProbeState read = ProbeState.parse(state.toString());
        assertEquals(state, read);
        assertNotNull(read.seen("Deployment.apps"));
        assertEquals(
                Set.of(
                        new ObjectId("apps", "Deployment", "shop", "web"),
                        new ObjectId("", "Namespace", "", "shop"),
                        new ObjectId("rbac.authorization.k8s.io", "ClusterRole", "", "system:node reader"),
                        new ObjectId("example-1.org", "Widget", "shop", "w\u00e9b")),
                read.since(ProbeState.NONE));
    }

    /** It is asked for with what was seen before: nothing of that may lead to another URL. */
    @Test
    public void aKindThatWouldLeadToAnotherUrlIsLeftOut() {
        for (String kind : new String[] {
            "kind Secret 1 v1 ../namespaces/kube-system/secrets Namespaced",
            "kind Secret 1 v1 secrets?watch=false& Namespaced",
            "kind Secret 1 ../../x/v1 secrets Namespaced",
            "kind Secret 1 v1/../v2 secrets Namespaced",
            "kind Secret 1 apps/v1/x secrets Namespaced",
            "kind Secret 1&x=y v1 secrets Namespaced",
            "kind Secret 1 v1 secrets Somewhere",
            "kind Secret 1 v1 secrets Namespaced more",
            "kind Secret/x 1 v1 secrets Namespaced",
            "kind Secret",
            "kind"
        }) {
            assertEquals(
                    kind, Map.of(), ProbeState.parse("inventory x\n" + kind).kinds());
        }
    }

    @Test
    public void anObjectThatCannotBeIsLeftOut() {
        for (String object : new String[] {
            "ConfigMap/shop/\u001b[2Jx",
            "ConfigMap/shop/a/b",
            "ConfigMap/shop/" + "x".repeat(254),
            "ConfigMap/" + "x".repeat(64) + "/a",
            "ConfigMap/<img>/a",
            "<img src=x>/shop/a",
            "ConfigMap." + "x.".repeat(100_000) + "/shop/a",
            "ConfigMap/shop/",
            "ConfigMap"
        }) {
            assertEquals(Map.of(), ProbeState.parse(STATE + " " + object).objects());
        }
        assertEquals(Map.of(), ProbeState.parse("0123 ConfigMap/shop/a").objects());
        assertEquals(
                Map.of(),
                ProbeState.parse(STATE.toUpperCase() + " ConfigMap/shop/a").objects());
    }

    @Test
    public void whatIsNoStateIsNone() {
        for (String text : new String[] {"", "\n\n", "x", "inventory \u001b[2J", " ".repeat(1_000_000)}) {
            assertEquals(ProbeState.NONE, ProbeState.parse(text));
        }
    }
}
