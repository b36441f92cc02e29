package io.jenkins.plugins.gitops.engine.validate;

import io.jenkins.plugins.gitops.engine.cel.CelException;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.policy.AdmissionPolicies;
import io.jenkins.plugins.gitops.engine.policy.PolicyFault;
import io.jenkins.plugins.gitops.engine.policy.Violation;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.schema.Finding;
import io.jenkins.plugins.gitops.engine.schema.KindSchema;
import io.jenkins.plugins.gitops.engine.schema.SchemaCheck;
import io.jenkins.plugins.gitops.engine.schema.SchemaFile;
import io.jenkins.plugins.gitops.engine.schema.Schemas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checks manifests, all of them, and tells every problem with its place. */
public final class Validation {

    private static final int BATCH = 64;

    private final ValidatePolicy policy;
    private final FieldLocator locator;
    private final String defaultNamespace;
    private final Schemas known;
    private final KubernetesVersion target;
    private final boolean schemasHere;

    /**
     * @param defaultNamespace of objects that name none
     * @throws BadInputException if the file of schemas cannot be read, or the version is none
     */
    public Validation(ValidatePolicy policy, String defaultNamespace, FieldLocator locator) throws BadInputException {
        schemasHere = policy.offline();
        this.policy = policy;
        this.locator = locator;
        this.defaultNamespace = defaultNamespace;
        known = policy.schemas() == null ? SchemaFile.shipped() : SchemaFile.read(Path.of(policy.schemas()));
        String version = policy.kubernetesVersion() == null ? known.version() : policy.kubernetesVersion();
        target = KubernetesVersion.parse(version)
                .orElseThrow(() -> new BadInputException(
                        "\"" + version + "\" is no version of Kubernetes", "write it as in 1.36 or v1.36.3"));
    }

    private Validation(Validation other) {
        policy = other.policy;
        locator = other.locator;
        defaultNamespace = other.defaultNamespace;
        known = other.known;
        target = other.target;
        schemasHere = false;
    }

    /** For a run whose dry run says the same of fields, from better knowledge. */
    public Validation leavingSchemasToTheServer() {
        return new Validation(this);
    }

    /**
     * @param manifests what is to be applied
     * @param policyManifests policies, bindings and parameters beside them
     * @return in the order of the manifests; errors and warnings
     */
    public List<Problem> check(List<Manifest> manifests, Collection<Manifest> policyManifests)
            throws InterruptedException {
        List<Manifest> all = new ArrayList<>(manifests);
        all.addAll(policyManifests);
        Schemas schemas = known.with(all);
        AdmissionPolicies policies = new AdmissionPolicies(all, schemas, defaultNamespace);
        if (!policy.offline() && policies.isEmpty()) {
            return List.of();
        }
        References references = policy.offline() ? new References(all) : null;
        List<Problem> problems = new ArrayList<>(faults(policies));
        List<List<Problem>> results = new ArrayList<>(
                manifests.stream().<List<Problem>>map(manifest -> List.of()).toList());
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < manifests.size(); start += BATCH) {
            starts.add(start);
        }
        int width = Math.min(8, Runtime.getRuntime().availableProcessors());
        Parallel.<Integer, InterruptedException>forEach(starts, width, start -> {
            for (int i = start; i < Math.min(manifests.size(), start + BATCH); i++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                results.set(i, check(manifests.get(i), schemas, references, policies));
            }
        });
        results.forEach(problems::addAll);
        return problems;
    }

    private List<Problem> faults(AdmissionPolicies policies) {
        List<Problem> problems = new ArrayList<>();
        for (PolicyFault fault : policies.faults()) {
            boolean needsCluster = fault.failure().reason() == CelException.Reason.NEEDS_CLUSTER;
            String message = fault.policy().id() + ": " + fault.path() + " "
                    + (needsCluster ? "cannot be evaluated without a cluster: " : "is no sound expression: ")
                    + fault.failure().getMessage();
            problems.add(new Problem(
                    needsCluster ? Problem.Severity.WARNING : Problem.Severity.ERROR,
                    locator.locate(fault.policy(), fault.path()),
                    message,
                    ""));
        }
        return problems;
    }

    private List<Problem> check(Manifest manifest, Schemas schemas, References references, AdmissionPolicies policies) {
        List<Problem> problems = new ArrayList<>();
        if (policy.offline()) {
            Optional<KindSchema> kind = schemas.find(manifest.apiVersion(), manifest.kind());
            boolean told = apiVersion(manifest, problems);
            if (kind.isPresent() && schemasHere) {
                List<Finding> findings = new ArrayList<>(SchemaCheck.check(manifest.json(), kind.get(), schemas));
                if (findings.isEmpty()) {
                    findings.addAll(Consistency.check(manifest.json(), manifest.group(), manifest.kind()));
                }
                findings.forEach(finding -> problems.add(problem(Problem.Severity.ERROR, manifest, finding)));
                namespaced(manifest, kind.get(), problems);
            } else if (!told && schemasHere) {
                unknown(manifest, schemas, problems);
            }
            references
                    .of(manifest)
                    .forEach(finding -> problems.add(problem(Problem.Severity.WARNING, manifest, finding)));
        }
        // What is not sound is nothing to ask a policy about.
        if (problems.stream().noneMatch(Problem::isError)) {
            policies.violations(manifest).forEach(violation -> problems.add(problem(manifest, violation)));
        }
        return problems;
    }

    private Problem problem(Problem.Severity severity, Manifest manifest, Finding finding) {
        return new Problem(
                severity,
                locator.locate(manifest, finding.path()),
                manifest.id() + ": " + finding.message(),
                finding.advice());
    }

    private Problem problem(Manifest manifest, Violation violation) {
        // A server may know more than we: what it will tell itself stops nothing here.
        boolean error = violation.effect() == Violation.Effect.DENY && (violation.certain() || policy.offline());
        return new Problem(
                error ? Problem.Severity.ERROR : Problem.Severity.WARNING,
                manifest.location(),
                manifest.id() + ": " + violation,
                "");
    }

    private static void namespaced(Manifest manifest, KindSchema kind, List<Problem> problems) {
        if (!kind.namespaced() && !manifest.namespace().isEmpty()) {
            problems.add(Problem.warning(
                    manifest.location(),
                    manifest.id() + ": metadata.namespace is set, but a " + kind.kind() + " belongs to no namespace",
                    "leave it out"));
        }
    }

    /** @return whether it was said that the server does not have it */
    private boolean apiVersion(Manifest manifest, List<Problem> problems) {
        Optional<ApiVersions.Life> life = ApiVersions.of(manifest.apiVersion(), manifest.kind());
        if (life.isEmpty()) {
            return false;
        }
        String what = manifest.id() + ": " + manifest.apiVersion() + " " + manifest.kind();
        if (life.get().isRemovedIn(target)) {
            problems.add(Problem.error(
                    locator.locate(manifest, "apiVersion"),
                    what + " is not served since Kubernetes " + life.get().removed(),
                    life.get().advice()));
            return true;
        }
        if (life.get().isDeprecatedIn(target)) {
            String until = life.get().removed() == null
                    ? ""
                    : ", and not served from " + life.get().removed() + " on";
            problems.add(Problem.warning(
                    locator.locate(manifest, "apiVersion"),
                    what + " is deprecated since Kubernetes " + life.get().deprecated() + until,
                    life.get().advice()));
        }
        // Known well enough, though the schemas of a newer version lack it.
        return true;
    }

    private void unknown(Manifest manifest, Schemas schemas, List<Problem> problems) {
        if (policy.ignoreMissingSchemas()) {
            return;
        }
        List<String> versions = new ArrayList<>(schemas.versionsOf(manifest.group(), manifest.kind()));
        String what = manifest.id() + ": there is no " + manifest.kind() + " in " + manifest.apiVersion();
        if (!versions.isEmpty()) {
            problems.add(Problem.error(
                    locator.locate(manifest, "apiVersion"), what, "use " + String.join(" or ", versions)));
            return;
        }
        Collection<String> kinds = schemas.kindsOf(manifest.apiVersion());
        if (!kinds.isEmpty()) {
            problems.add(Problem.error(
                    locator.locate(manifest, "kind"), what, "it has " + String.join(", ", firstOf(kinds))));
            return;
        }
        problems.add(Problem.error(
                locator.locate(manifest, "apiVersion"),
                manifest.id() + ": no schema is known of " + manifest.apiVersion() + " " + manifest.kind(),
                "declare its CustomResourceDefinition in the repository, name schemas that were pulled from a cluster"
                        + " (gitops schemas pull, --schemas), or let such kinds pass (--ignore-missing-schemas)"));
    }

    private static List<String> firstOf(Collection<String> names) {
        List<String> all = new ArrayList<>(names);
        return all.size() > 8 ? Arrays.asList(String.join(", ", all.subList(0, 8)), "...") : all;
    }
}
