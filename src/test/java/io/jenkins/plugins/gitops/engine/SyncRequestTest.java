package io.jenkins.plugins.gitops.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.apply.HealthPolicy;
import io.jenkins.plugins.gitops.engine.health.HealthExpression;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.lease.LeasePolicy;
import io.jenkins.plugins.gitops.engine.plan.AdditionsPolicy;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import io.jenkins.plugins.gitops.engine.render.HelmPolicy;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import io.jenkins.plugins.gitops.engine.render.SubstitutionPolicy;
import io.jenkins.plugins.gitops.engine.render.ToolPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.sops.AgeKeys;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import io.jenkins.plugins.gitops.engine.validate.ValidatePolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class SyncRequestTest {

    /** From a controller to an agent. */
    @Test
    public void aRequestCanBeSentToWhereTheEngineRuns() throws Exception {
        RepositoryRequest checkout = new RepositoryRequest(".", null, false, RepositoryPolicy.localAndRemote(), null);
        assertSent(SyncRequest.of(Command.SYNC, checkout)
                .withApp("shop")
                .withPath("apps/shop")
                .withNamespace("prod"));
    }

    @Test
    public void soCanOneThatSaysSomethingToEverything() throws Exception {
        RepositoryRequest checkout = new RepositoryRequest(
                ".", "main", false, RepositoryPolicy.localAndRemote().withTimeout(Duration.ofSeconds(7)), null);
        RenderPolicy render = RenderPolicy.DEFAULT
                .withRenderer(RendererChoice.HELM)
                .withTools(ToolPolicy.DEFAULT.withKustomize(Path.of("/k")).withHelm(Path.of("/h")))
                .withHelm(HelmPolicy.DEFAULT.withValueFiles(List.of("v.yaml")).withValues(Map.of("a", "b")))
                .withSubstitution(new SubstitutionPolicy(
                        Map.of("a", "b"),
                        List.of("f"),
                        List.of(SubstitutionPolicy.Source.parse("?secret/prod/s")),
                        false))
                .withAgeKeys(AgeKeys.parse(
                        "keys",
                        new X25519KeyPairGenerator()
                                .generateKeyPair()
                                .getPrivate()
                                .toString()));
        IgnoreRules ignore = IgnoreRules.read(
                "rules", "ignoreDifferences: [{kind: ConfigMap, jsonPointers: [/data]}]".getBytes(UTF_8));
        HealthExpression expression = new HealthExpression("example.org/v1", "Thing", "true", null, null);
        assertSent(SyncRequest.of(Command.PLAN, checkout)
                .withRender(render)
                .withDrift(new DriftPolicy(AdditionsPolicy.REVERT, ignore))
                .withApply(ApplyPolicy.DEFAULT.withReplace(true).withTakeOver(Set.of(Tool.FLUX)))
                .withHealth(HealthPolicy.DEFAULT.withExpressions(List.of(expression)))
                .withLease(new LeasePolicy("me", Duration.ZERO))
                .withValidate(new ValidatePolicy(true, "/schemas", "1.34", true, "/policies")));
    }

    private static void assertSent(SyncRequest request) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(request);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(request, in.readObject());
        }
    }
}
