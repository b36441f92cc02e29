package io.jenkins.plugins.gitops.engine.annotation;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.annotation.ObjectOptions.Strategy;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.Test;

/** Annotations mean what the tools they were written for mean by them; what is not understood is told. */
public class AnnotationCheckTest {

    private static ObjectNode object(String... keysAndValues) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode annotations = object.putObject("metadata").putObject("annotations");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            annotations.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    private static List<String> told(String... keysAndValues) {
        return AnnotationCheck.complaints(Annotations.of(object(keysAndValues))).stream()
                .map(complaint -> (complaint.error() ? "error: " : "warning: ") + complaint.message())
                .toList();
    }

    private static ObjectOptions options(String... keysAndValues) {
        return ObjectOptions.of(object(keysAndValues));
    }

    @Test
    public void anObjectWithoutAnnotationsHasTheDefaults() {
        assertEquals(ObjectOptions.DEFAULT, ObjectOptions.of(JsonNodeFactory.instance.objectNode()));
        assertEquals(ObjectOptions.DEFAULT, options("example.org/owner", "web"));
        assertEquals(List.of(), told("example.org/owner", "web", "argocd.argoproj.io/tracking-id", "x"));
    }

    @Test
    public void anAnnotationThatAnotherPartReadsIsNotUnknown() {
        assertEquals(List.of(), told("gitops.jenkins.io/substitute", "disabled"));
    }

    @Test
    public void everySyncOptionIsUnderstood() {
        ObjectOptions all = options(
                "argocd.argoproj.io/sync-options",
                "Prune=false, Replace=true,Force=true,PruneLast=true,Validate=false,ServerSideApply=true,"
                        + "SkipDryRunOnMissingResource=true,Delete=false");
        assertEquals("argocd.argoproj.io/sync-options: Delete=false", all.kept());
        assertTrue(all.replace() && all.force() && all.pruneLast() && all.kindMayBeMissing());
        assertFalse(all.validate());
        assertEquals(
                List.of(),
                told("argocd.argoproj.io/sync-options", "Prune=true,Validate=true,Force=false,Replace=false"));
        assertTrue(options("argocd.argoproj.io/compare-options", "IgnoreExtraneous")
                .ignoreExtraneous());
    }

    @Test
    public void whateverKeepsAnObjectKeepsItAndIsNamed() {
        for (String option : List.of("Prune=false", "Prune=confirm", "Delete=false", "Delete=confirm")) {
            assertEquals(
                    Optional.of("argocd.argoproj.io/sync-options: " + option),
                    options("argocd.argoproj.io/sync-options", "Replace=true," + option)
                            .pruneOptOut());
        }
        for (String key : List.of(
                "gitops.jenkins.io/prune",
                "gitops.jenkins.io/delete",
                "gitops.jenkins.io/reconcile",
                "kustomize.toolkit.fluxcd.io/prune",
                "kustomize.toolkit.fluxcd.io/reconcile")) {
            assertEquals(
                    Optional.of(key + ": disabled"), options(key, "disabled").pruneOptOut());
            assertEquals(Optional.empty(), options(key, "enabled").pruneOptOut());
        }
        assertEquals(
                Optional.of("helm.sh/resource-policy: keep"),
                options("helm.sh/resource-policy", "keep").pruneOptOut());
    }

    @Test
    public void ourOwnFormsMeanTheSame() {
        ObjectOptions ours = options(
                "gitops.jenkins.io/replace", "enabled",
                "gitops.jenkins.io/force", "enabled",
                "gitops.jenkins.io/prune-last", "enabled",
                "gitops.jenkins.io/validate", "disabled",
                "gitops.jenkins.io/missing-kind", "wait",
                "gitops.jenkins.io/extraneous", "ignore");
        ObjectOptions argo = options(
                "argocd.argoproj.io/sync-options",
                "Replace=true,Force=true,PruneLast=true,Validate=false,SkipDryRunOnMissingResource=true",
                "argocd.argoproj.io/compare-options",
                "IgnoreExtraneous");
        assertEquals(argo, ours);
        assertEquals(
                List.of(
                        "warning: \"later\" is no value of gitops.jenkins.io/missing-kind and has no effect",
                        "warning: \"no\" is no value of gitops.jenkins.io/extraneous and has no effect"),
                told("gitops.jenkins.io/missing-kind", "later", "gitops.jenkins.io/extraneous", "no"));
    }

    @Test
    public void ofTwoStrategiesTheMoreCarefulHolds() {
        String flux = "kustomize.toolkit.fluxcd.io/ssa";
        assertEquals(Strategy.MERGE, options(flux, "merge").strategy());
        assertEquals(
                Strategy.IF_NOT_PRESENT,
                options(flux, "Override", "gitops.jenkins.io/ssa", "IfNotPresent")
                        .strategy());
        assertEquals(
                Strategy.IGNORE,
                options(flux, "Override", "kustomize.toolkit.fluxcd.io/reconcile", "disabled")
                        .strategy());
        assertEquals(List.of("warning: \"Mrege\" is no value of " + flux + " and has no effect"), told(flux, "Mrege"));
    }

    @Test
    public void hooksAreMapped() {
        assertEquals(
                Set.of(HookPhase.PRE_SYNC, HookPhase.SYNC_FAIL),
                Hook.of(object("argocd.argoproj.io/hook", "PreSync, SyncFail"))
                        .orElseThrow()
                        .phases());
        Hook helm = Hook.of(object(
                        "helm.sh/hook",
                        "post-install,post-upgrade,pre-delete,test",
                        "helm.sh/hook-delete-policy",
                        "hook-succeeded,before-hook-creation"))
                .orElseThrow();
        assertEquals(Set.of(HookPhase.POST_SYNC, HookPhase.PRE_DELETE), helm.phases());
        assertEquals(
                Set.of(HookDeletePolicy.HOOK_SUCCEEDED, HookDeletePolicy.BEFORE_HOOK_CREATION), helm.deletePolicies());
        assertEquals(
                Set.of(),
                Hook.of(object("helm.sh/hook", "test-success")).orElseThrow().phases());
        assertEquals(
                Set.of(),
                Hook.of(object("gitops.jenkins.io/hook", "Skip")).orElseThrow().phases());
        assertTrue(Hook.of(object("helm.sh/hook", "crd-install")).isEmpty());
        assertEquals(
                "Argo CD's own word counts",
                Set.of(HookPhase.SYNC),
                Hook.of(object("helm.sh/hook", "pre-install", "argocd.argoproj.io/hook", "Sync"))
                        .orElseThrow()
                        .phases());
        assertEquals(List.of(), told("helm.sh/hook", "test"));
        assertEquals(
                List.of("warning: \"pre-instal\" is no hook that is known here; it is never run"),
                told("helm.sh/hook", "pre-instal"));
    }

    @Test
    public void aWeightIsAWaveOfHooksOnly() {
        assertEquals(
                OptionalInt.of(-3), SyncWave.of(object("helm.sh/hook", "pre-install", "helm.sh/hook-weight", "-3")));
        assertEquals(OptionalInt.empty(), SyncWave.of(object("helm.sh/hook-weight", "-3")));
        assertEquals(
                OptionalInt.of(2),
                SyncWave.of(object("gitops.jenkins.io/wave", "2", "argocd.argoproj.io/sync-wave", "9")));
        assertEquals(
                List.of("error: \"first\" is no whole number, so the wave is not known"),
                told("argocd.argoproj.io/sync-wave", "first"));
    }

    @Test
    public void dependenciesAreReadInTheFormOfCliUtils() {
        assertEquals(
                List.of(
                        new ObjectId("apps", "Deployment", "shop", "db"),
                        new ObjectId("", "ConfigMap", "shop", "settings"),
                        new ObjectId("rbac.authorization.k8s.io", "ClusterRole", "", "reader")),
                DependsOn.of(object(
                        "config.kubernetes.io/depends-on",
                        "apps/namespaces/shop/Deployment/db, /namespaces/shop/ConfigMap/settings,"
                                + "rbac.authorization.k8s.io/ClusterRole/reader")));
        for (String bad :
                List.of("Deployment/db", "apps/namespace/shop/Deployment/db", "apps//db", "/namespaces//A/b")) {
            assertEquals(
                    List.of("error: \"" + bad + "\" does not name an object"),
                    told("config.kubernetes.io/depends-on", bad));
        }
    }
}
