package io.jenkins.plugins.gitops.build;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.health.HealthStatus;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import java.util.Collections;
import java.util.List;
import org.junit.Test;

public class ObjectRowTest {

    private static ObjectRow row(Health health, int fields, int room) {
        FieldChange field = new FieldChange("spec.x", null, JsonNodeFactory.instance.numberNode(1), null, null, null);
        ObjectReport object = new ObjectReport(
                new ObjectId("apps", "Deployment", "shop", "web"),
                "apps/v1",
                null,
                Action.UPDATE,
                Result.DONE,
                null,
                Collections.nCopies(fields, field),
                health,
                "");
        return new ObjectRow(null, object, null, room);
    }

    @Test
    public void whyItIsNotHealthyIsShownAndOtherwiseNothing() {
        List<String> why = List.of("pod web-1: CrashLoopBackOff", "event: Failed");
        assertEquals(
                why,
                row(new Health(HealthStatus.PROGRESSING, "", false, why), 0, 9).getHealthDetails());
        assertEquals(
                List.of(),
                row(new Health(HealthStatus.HEALTHY, "", false, why), 0, 9).getHealthDetails());
        assertEquals(List.of(), row(null, 0, 9).getHealthDetails());
    }

    @Test
    public void onlyAsManyFieldsAreShownAsThePageHasRoomForAndTheRestIsCounted() {
        assertEquals(3, row(null, 3, 9).getFields().size());
        assertEquals(0, row(null, 3, 9).getFieldsLeftOut());
        assertEquals(2, row(null, 3, 2).getFields().size());
        assertEquals(1, row(null, 3, 2).getFieldsLeftOut());
        assertEquals(0, row(null, 3, 0).getFields().size());
        assertEquals(100, row(null, 300, 5_000).getFieldsLeftOut());
    }
}
