package io.jenkins.plugins.gitops.build;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.health.Health;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.Action;
import io.jenkins.plugins.gitops.engine.plan.Cause;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.ObjectReport;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.report.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.jvnet.localizer.LocaleProvider;

/** The pages say of a run what its console says. */
public class TotalsTest {

    private final LocaleProvider before = LocaleProvider.getProvider();
    private Locale locale = Locale.ENGLISH;

    @Before
    public void speak() {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return locale;
            }
        });
    }

    @After
    public void restore() {
        LocaleProvider.setProvider(before);
    }

    private static Report of(Command command, List<ObjectReport> objects, Problem... problems) {
        return new Report(
                command,
                "shop",
                Status.IN_SYNC,
                "",
                "",
                "",
                null,
                null,
                null,
                Instant.EPOCH,
                Duration.ZERO,
                List.of(),
                objects,
                List.of(problems));
    }

    private static Report of(Command command, Problem... problems) {
        return of(command, List.of(), problems);
    }

    private static ObjectReport object(int number, Action action, Result result, Cause cause, Health health) {
        ObjectId id = new ObjectId("", "ConfigMap", "shop", "object-" + number);
        return new ObjectReport(id, "v1", null, action, result, cause, List.of(), health, "");
    }

    /** One sentence in two places, of which one is translated. */
    @Test
    public void inEnglishThePagesSayWordForWordWhatTheConsoleSays() {
        List<ObjectReport> objects = new ArrayList<>();
        for (Action action : Action.values()) {
            for (Result result : Result.values()) {
                for (Cause cause : new Cause[] {null, Cause.DRIFT, Cause.PENDING}) {
                    objects.add(object(objects.size(), action, result, cause, null));
                }
            }
        }
        objects.add(object(objects.size(), Action.NONE, Result.DONE, null, Health.degraded("crash")));
        List<ObjectReport> many = new ArrayList<>();
        for (int i = 0; i < 1_234; i++) {
            many.add(object(i, Action.NONE, Result.DONE, null, null));
        }
        for (Command command : Command.values()) {
            for (List<ObjectReport> some : List.of(List.<ObjectReport>of(), objects.subList(0, 1), objects, many)) {
                Report report = of(command, some);
                assertEquals(Words.totals(report), new Totals(report).getText());
                report = of(command, some, Problem.warning(null, "hm", ""), Problem.error(null, "no", ""));
                assertEquals(Words.totals(report), new Totals(report).getText());
            }
        }
    }

    @Test
    public void aValidationWithoutAClusterTellsOfProblemsAlone() {
        Report sound = of(Command.VALIDATE);
        assertEquals("no problems", Words.totals(sound));
        assertEquals("no problems", new Totals(sound).getText());
        Report wrong = of(
                Command.VALIDATE,
                Problem.error(null, "no", ""),
                Problem.error(null, "no", ""),
                Problem.warning(null, "hm", ""));
        assertEquals("2 errors, 1 warning", Words.totals(wrong));
        assertEquals("2 errors, 1 warning", new Totals(wrong).getText());
        locale = new Locale("es");
        assertEquals("ning\u00fan problema", new Totals(sound).getText());
        locale = new Locale("pl");
        assertEquals("brak problem\u00f3w", new Totals(sound).getText());
    }

    @Test
    public void aSyncOfNothingSaysSo() {
        assertEquals("no objects", Words.totals(of(Command.SYNC)));
        assertEquals("no objects", new Totals(of(Command.SYNC)).getText());
    }
}
