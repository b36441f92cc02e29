package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** An unchanged sync costs what the number of kinds costs, and not what the repository weighs. */
public class ManyObjectsIT {

    private static final int OF_EACH = 125;

    @Rule
    public EngineRule engine = new EngineRule();

    /** Every object is one that no proof covers: the server writes another value than Git, or fills in a part. */
    @Before
    public void synced() throws Exception {
        for (int i = 0; i < OF_EACH; i++) {
            engine.repository()
                    .write(
                            "app-" + i + ".yaml",
                            """
                            apiVersion: v1
                            kind: ConfigMap
                            metadata: {name: app-NUMBER}
                            data: {number: "NUMBER"}
                            ---
                            apiVersion: v1
                            kind: ServiceAccount
                            metadata: {name: app-NUMBER}
                            ---
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata: {name: app-NUMBER}
                            spec:
                              selector: {matchLabels: {app: app-NUMBER}}
                              template:
                                metadata: {labels: {app: app-NUMBER}}
                                spec:
                                  containers:
                                  - name: web
                                    image: nginx:1.27
                                    resources: {requests: {cpu: 1000m}}
                                    env:
                                    - name: NODE
                                      valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
                            ---
                            apiVersion: v1
                            kind: Service
                            metadata: {name: app-NUMBER}
                            spec:
                              selector: {app: app-NUMBER}
                              ports: [{port: 80}]
                            """
                                    .replace("NUMBER", String.valueOf(i)));
        }
        engine.repository().commit("Declare many objects");
        assertEquals(Status.IN_SYNC, engine.sync().status());
    }

    @Test
    public void anUnchangedSyncMakesFewRequests() throws Exception {
        Report report = engine.sync();

        assertEquals(Status.IN_SYNC, report.status());
        assertEquals(4 * OF_EACH, report.objects().size());
        assertTrue("requests: " + report.cluster().requests(), report.cluster().requests() < 60);
    }

    @Test
    public void whatWasRememberedIsForgottenWhenAHandChangesIt() throws Exception {
        engine.kubectl("set", "resources", "deployment/app-7", "--requests=cpu=2");

        Report report = engine.drift();

        assertEquals(
                List.of("app-7"),
                report.objects().stream()
                        .filter(object -> object.cause() == Cause.DRIFT)
                        .map(ObjectReport::id)
                        .map(id -> id.name())
                        .toList());
        assertTrue("requests: " + report.cluster().requests(), report.cluster().requests() < 60);
    }
}
