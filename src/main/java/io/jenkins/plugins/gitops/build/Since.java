package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Since which build the objects of an app have been drifted, pending or unhealthy. */
final class Since {

    /** So that a build stays small; whoever has more trouble than this looks at the causes, not at each object. */
    private static final int MAX_OBJECTS = 1_000;

    /** What an object can be for several builds on end. */
    enum Trouble {
        DRIFT,
        PENDING,
        UNHEALTHY
    }

    private final Map<String, Integer> builds = new LinkedHashMap<>();
    private final Set<String> mended = new LinkedHashSet<>();

    /**
     * @param before what the run before this one found; {@code null} where there was none
     * @param build the number of the build in which the report was made
     */
    Since(Since before, Report report, int build) {
        for (ObjectReport object : report.objects()) {
            for (Trouble trouble : troubles(object)) {
                if (builds.size() < MAX_OBJECTS) {
                    String key = key(trouble, object);
                    builds.put(key, before == null ? build : before.after(key, build));
                    if (trouble != Trouble.UNHEALTHY && object.written()) {
                        mended.add(key);
                    }
                }
            }
        }
    }

    /** A report that says nothing of the cluster's state ends nothing and begins nothing. */
    static boolean isToldBy(Report report) {
        return report.cluster() != null && !report.objects().isEmpty();
    }

    /** Since which build an object is or was in trouble; {@code null} where it is not. Of several, the longest. */
    Integer build(ObjectReport object) {
        return troubles(object).stream()
                .map(trouble -> builds.get(key(trouble, object)))
                .filter(build -> build != null)
                .min(Integer::compare)
                .orElse(null);
    }

    private int after(String key, int build) {
        return mended.contains(key) ? build : builds.getOrDefault(key, build);
    }

    private static List<Trouble> troubles(ObjectReport object) {
        List<Trouble> troubles = new ArrayList<>();
        if (object.drifted()) {
            troubles.add(Trouble.DRIFT);
        }
        if (object.cause() == Cause.PENDING && !object.written()) {
            troubles.add(Trouble.PENDING);
        }
        if (object.unhealthy()) {
            troubles.add(Trouble.UNHEALTHY);
        }
        return troubles;
    }

    private static String key(Trouble trouble, ObjectReport object) {
        return trouble + " " + object.id().groupKind() + "/" + object.id().namespace() + "/"
                + object.id().name();
    }
}
