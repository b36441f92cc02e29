package io.jenkins.plugins.gitops.engine.planfile;

import io.jenkins.plugins.gitops.engine.apply.ApplyPolicy;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.DriftPolicy;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A plan that people have reviewed, or are about to. A sync that is given one plans again and does nothing where that is no
 * longer the same: the file says what is expected, and never what to write. It holds no value of a Secret.
 *
 * <p>The form is whole and will only be added to; the steps of a Pipeline carry it as bytes.
 *
 * @param report what people read, in whatever form
 * @param drift what counts as a difference
 * @param apply how changes are made
 * @param cluster the {@code uid} of the namespace {@code kube-system}, which is as good as a cluster's identity; empty where
 *     the credential may not see it: then the server's URL stands for it
 * @param secrets a digest over the values of all Secrets
 * @param objects every object of the app
 */
public record PlanFile(
        Report report,
        DriftPolicy drift,
        ApplyPolicy apply,
        String cluster,
        SecretsDigest secrets,
        List<PlannedObject> objects) {

    /** The version of the JSON form; it changes when a reader of the old form would be misled by the new one. */
    public static final int SCHEMA_VERSION = 1;

    public PlanFile {
        Objects.requireNonNull(report, "report");
        Objects.requireNonNull(drift, "drift");
        Objects.requireNonNull(apply, "apply");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(secrets, "secrets");
        objects = List.copyOf(objects);
    }

    /**
     * @param report of the run that made the plan
     * @param key {@code null} to do without one
     */
    public static PlanFile of(
            Report report, Plan plan, DriftPolicy drift, ApplyPolicy apply, String cluster, PlanKey key) {
        return new PlanFile(report, drift, apply, cluster, SecretsDigest.of(plan.changes(), key), objects(plan));
    }

    /** The same of a later plan, made to be held against this one. */
    public PlanFile again(Report now, Plan plan, String cluster, PlanKey key) {
        SecretsDigest digest = SecretsDigest.of(plan.changes(), secrets.salt(), key);
        return new PlanFile(now, drift, apply, cluster, digest, objects(plan));
    }

    private static List<PlannedObject> objects(Plan plan) {
        return plan.changes().stream().map(PlannedObject::of).toList();
    }

    /**
     * Sealed JSON, as {@code docs/plan.schema.json} describes it.
     *
     * @param key {@code null} to do without one: then the seal tells of damage and of careless hands only
     */
    public byte[] write(PlanKey key) {
        return PlanJson.write(this, key);
    }

    /**
     * @param key the one that it was sealed with; {@code null} for none
     * @throws BadInputException if it is no plan, was changed since it was sealed, or was sealed with another key
     */
    public static PlanFile read(byte[] json, PlanKey key) throws BadInputException {
        return PlanJson.read(json, key, true);
    }

    /** To show it: as {@link #read}, but a seal that takes a key is not checked where there is none. */
    public static PlanFile readToShow(byte[] json, PlanKey key) throws BadInputException {
        return PlanJson.read(json, key, false);
    }

    /** Whether it takes a key to change a plan, as its JSON says. */
    public static boolean isKeyed(byte[] json) throws BadInputException {
        return PlanJson.isKeyed(json);
    }

    /** What has moved since the review, one sentence each; empty where a sync would do exactly what was reviewed. */
    public List<String> moved(PlanFile now) {
        List<String> moved = new ArrayList<>();
        differ(moved, "the commit", commit(report.revision()), commit(now.report.revision()));
        differ(moved, "the app", report.app(), now.report.app());
        differ(moved, "the folder", report.path(), now.report.path());
        differ(moved, "the namespace", namespace(report), namespace(now.report));
        if (cluster.isEmpty() || now.cluster.isEmpty()) {
            differ(moved, "the cluster", server(report), server(now.report));
        } else if (!cluster.equals(now.cluster)) {
            moved.add("the cluster is another one");
        }
        if (!secrets.value().equals(now.secrets.value())) {
            moved.add("the values of Secrets render differently");
        }
        Map<ObjectId, PlannedObject> left = new TreeMap<>();
        now.objects.forEach(object -> left.put(object.id(), object));
        for (PlannedObject object : objects) {
            PlannedObject other = left.remove(object.id());
            if (other != null) {
                moved.addAll(object.moved(other));
            } else {
                moved.add(object.id() + " was reviewed as \"" + object.action().verb()
                        + "\", and is neither declared nor in the cluster now");
            }
        }
        left.values()
                .forEach(object -> moved.add(object.id() + " is not in the reviewed plan, and is \""
                        + object.action().verb() + "\" now"));
        return moved;
    }

    private static void differ(List<String> moved, String what, String reviewed, String now) {
        if (!reviewed.equals(now)) {
            moved.add(what + " was " + reviewed + ", and is " + now + " now");
        }
    }

    private static String commit(Revision revision) {
        return revision == null ? "unknown" : revision.commit() + (revision.modified() ? " (modified)" : "");
    }

    private static String namespace(Report report) {
        return report.cluster() == null ? "" : String.valueOf(report.cluster().namespace());
    }

    private static String server(Report report) {
        return report.cluster() == null ? "" : report.cluster().server();
    }
}
