package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.report.Counter.Kind;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import java.util.List;
import org.junit.Test;

public class CounterTest {

    /** "0 not healthy" would be a claim about what nobody has looked at. */
    @Test
    public void healthIsCountedWhereItWasLookedAt() {
        ObjectReport looked =
                Reports.object("", "Service", "web", Action.NONE, Result.PLANNED, null, List.of(), Reports.HEALTHY, "");
        ObjectReport notLooked =
                Reports.object("", "Service", "web", Action.NONE, Result.PLANNED, null, List.of(), null, "");
        assertTrue(counts(Command.SYNC, looked, Kind.UNHEALTHY));
        assertFalse(counts(Command.DRIFT, notLooked, Kind.UNHEALTHY));
        assertTrue(counts(Command.DRIFT, notLooked, Kind.UNCHANGED));
    }

    private static boolean counts(Command command, ObjectReport object, Kind kind) {
        Report report = Reports.report(command, Status.IN_SYNC, "", List.of(object), List.of());
        return Counter.of(report).stream().anyMatch(counter -> counter.kind() == kind);
    }
}
