package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.plan.Action;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The parts of a report's list of objects, in the order in which a person asks for them. Every object is in one. */
public enum Section {
    /** It left what was last synced. */
    DRIFT,
    /** The cluster refused it. */
    FAILED,
    /** It is as declared, and not well. */
    UNHEALTHY,
    /** Created, updated or pruned, or to be. */
    CHANGED,
    /** The run ended before it. */
    NOT_REACHED,
    /** Nothing is done to it, and there is a reason to tell: mostly that it would be pruned, but is kept. */
    KEPT,
    UNCHANGED;

    public static Section of(Report report, ObjectReport object) {
        if (object.result() == ObjectReport.Result.FAILED) {
            return FAILED;
        }
        if (object.drifted()) {
            return DRIFT;
        }
        if (report.notReached(object)) {
            return NOT_REACHED;
        }
        if (object.unhealthy()) {
            return UNHEALTHY;
        }
        if (object.action().writes() || object.cause() != null) {
            return CHANGED;
        }
        boolean isNoted = object.action() == Action.KEEP
                || !object.message().isEmpty()
                || !object.additions().isEmpty();
        return isNoted ? KEPT : UNCHANGED;
    }

    public static Map<Section, List<ObjectReport>> split(Report report) {
        Map<Section, List<ObjectReport>> sections = new EnumMap<>(Section.class);
        for (Section section : values()) {
            sections.put(section, new ArrayList<>());
        }
        report.objects().forEach(object -> sections.get(of(report, object)).add(object));
        return sections;
    }
}
