package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import org.junit.Rule;
import org.junit.Test;

/** A credential with rights in one namespace is enough for an app that lives in one namespace. */
public class TenantIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void theRightsOfOneNamespaceAreEnoughForItsApp() throws Exception {
        ClusterAccess tenant = engine.tenant("cluster-admin");
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .write("web.yaml", Manifests.deployment("web", 1, "nginx"));
        engine.repository().commit("Two");

        Report first = engine.run(engine.request(Command.SYNC), tenant);
        assertEquals(first.message(), Status.IN_SYNC, first.status());
        assertEquals(2, first.counts().created());

        engine.kubectl("patch", "configmap/a", "--patch={\"data\":{\"key\":\"2\"}}");
        assertEquals(
                Status.OUT_OF_SYNC,
                engine.run(engine.request(Command.DRIFT), tenant).status());

        engine.repository().delete("web.yaml").commit("One");
        Report second = engine.run(engine.request(Command.SYNC), tenant);
        assertEquals(second.message(), Status.IN_SYNC, second.status());
        assertEquals(1, second.counts().pruned());
        assertEquals("", engine.kubectl("get", "deployments", "-o", "name"));
        assertEquals(
                Status.IN_SYNC,
                engine.run(engine.request(Command.DRIFT), tenant).status());
    }

    @Test
    public void whatTheCredentialMayNotWriteIsNamedWithItsPlaceAndNothingIsChanged() throws Exception {
        ClusterAccess tenant = engine.tenant("cluster-admin");
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .write("elsewhere.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: default}\n")
                .write(
                        "role.yaml",
                        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n");
        engine.repository().commit("Three");

        Report report = engine.run(engine.request(Command.SYNC), tenant);
        assertEquals(Status.INVALID, report.status());
        assertEquals(report.problems().toString(), 2, report.problems().size());
        assertEquals("elsewhere.yaml:1:1", report.problems().get(0).location().toString());
        assertEquals("role.yaml:1:1", report.problems().get(1).location().toString());
        assertFalse(engine.kubectl("get", "configmaps", "-o", "name").contains("configmap/a"));
    }

    @Test
    public void membersThatTheCredentialMayNotListAreNotForgotten() throws Exception {
        engine.repository()
                .write("a.yaml", Manifests.configMap("a", "key", "1"))
                .write("r.yaml", "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec: {hard: {pods: 9}}\n");
        engine.repository().commit("Two");
        assertEquals(Status.IN_SYNC, engine.sync().status());
        engine.repository().delete("r.yaml").commit("One");

        engine.kubectl("create", "role", "r", "--verb=get,list,patch,create", "--resource=configmaps");
        engine.kubectl("create", "rolebinding", "r", "--role=r", "--serviceaccount=" + engine.namespace() + ":tenant");
        ClusterAccess tenant = engine.tenant("system:basic-user");
        Report report = engine.run(engine.request(Command.SYNC), tenant);
        assertEquals(Status.FAILED, report.status());
        assertEquals(
                "ResourceQuota/" + engine.namespace()
                        + "/q belongs to the app, and the credential may not list resourcequotas in namespace "
                        + engine.namespace(),
                report.message());
        assertEquals("resourcequota/q", engine.kubectl("get", "resourcequota", "-o", "name"));

        // Somebody with the right finds it still.
        Report admin = engine.plan();
        assertEquals(Action.PRUNE, engine.object(admin, "ResourceQuota", "q").action());
    }
}
