package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.validate.ValidatePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** The checks that need no cluster, as a gate before a sync touches one. */
public class ValidateGateIT {

    private static final String POLICY =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: owned}
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
              validations:
              - expression: "has(object.metadata.labels) && 'team' in object.metadata.labels"
                message: somebody must own it
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: owned}
            spec: {policyName: owned, validationActions: [Deny]}
            """;

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void aPolicyFolderStopsASyncAndAPlan() throws Exception {
        Path folder = engine.newFolder("policies").toPath();
        Files.writeString(folder.resolve("owned.yaml"), POLICY);
        ValidatePolicy policies = new ValidatePolicy(false, null, null, false, folder.toString());
        engine.repository().write("app.yaml", Manifests.configMap("app", "key", "1"));
        engine.repository().commit("Nobody's");
        for (Command command : List.of(Command.PLAN, Command.SYNC)) {
            Report report = engine.run(engine.request(command).withValidate(policies));
            assertEquals(Status.INVALID, report.status());
            assertEquals(
                    List.of("app.yaml:1:1: ConfigMap/app: ValidatingAdmissionPolicy 'owned' with binding 'owned' denied"
                            + " request: somebody must own it"),
                    report.problems().stream().map(Problem::toString).toList());
        }
        assertNothingTouched();

        engine.repository()
                .write("app.yaml", Manifests.configMap("app", "key", "1").replace("tier: config", "team: shop"));
        engine.repository().commit("Somebody's");
        Report report = engine.run(engine.request(Command.SYNC).withValidate(policies));
        assertEquals(report.toString(), Status.IN_SYNC, report.status());
    }

    @Test
    public void schemasAndReferencesAreAskedForBeforeASync() throws Exception {
        engine.repository()
                .write("app.yaml", Manifests.configMap("app", "key", "1"))
                .write("web.yaml", Manifests.deployment("web", 1, "nginx").replace("replicas:", "replicsa:"));
        engine.repository().commit("Mistype");
        Report report = engine.run(engine.request(Command.SYNC).withValidate(ValidatePolicy.DEFAULT.withOffline(true)));
        assertEquals(Status.INVALID, report.status());
        String problems = report.problems().toString();
        assertTrue(problems, problems.contains("spec.replicsa"));
        assertTrue(problems, problems.contains("replicas"));
        assertNothingTouched();
    }

    private void assertNothingTouched() throws Exception {
        assertEquals("", engine.kubectl("get", "configmaps,deployments,leases", "-o", "name"));
    }
}
