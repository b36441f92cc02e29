package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

/** A user's own rules, in the form of Flux's healthCheckExprs. */
public class HealthExpressionsTest {

    private static final String LIST =
            """
            - apiVersion: example.org/v1
              kind: Database
              inProgress: has(status.phase) && status.phase in ['Pending', 'Restoring']
              failed: status.phase == 'Corrupt'
              current: status.phase == 'Running' && status.replicas == status.readyReplicas
            - apiVersion: example.org/v1
              kind: Results
              current: summary.fail == 0
            """;

    private final HealthCases cases = HealthCases.read("expressions.yaml");

    private static List<HealthExpression> read(String text) throws BadInputException {
        return HealthExpressions.read("health.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private Health assess(String name) throws BadInputException {
        return HealthRules.standard().with(read(LIST)).assess(cases.get(name));
    }

    @Test
    public void theFirstThatIsTrueDecides() throws Exception {
        assertEquals(Health.healthy(), assess("running"));
        assertEquals(Health.failed("failed is true"), assess("corrupt"));
        assertEquals(Health.progressing("inProgress is true; Restore: 3 of 7 GiB"), assess("restoring"));
        assertEquals(
                Health.progressing("waiting for its health expression \"current\" to become true"), assess("starting"));
    }

    @Test
    public void anOldStatusDecidesNothing() throws Exception {
        assertEquals(Health.progressing("waiting for generation 2 to be observed"), assess("stale"));
    }

    @Test
    public void whatIsNotThereYetCannotBeTold() throws Exception {
        Health health = assess("new");
        assertEquals(HealthStatus.UNKNOWN, health.status());
        assertTrue(
                health.message(), health.message().startsWith("the health expression \"inProgress\" cannot be told: "));
    }

    @Test
    public void anyFieldOfTheObjectMayBeNamed() throws Exception {
        assertEquals(Health.healthy(), assess("passed"));
    }

    @Test
    public void aMappingAndAKustomizationOfFluxHoldTheListToo() throws Exception {
        String indented = LIST.indent(2);
        assertEquals(read(LIST), read("healthCheckExprs:\n" + indented));
        assertEquals(
                read(LIST),
                read("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: app}\nspec:\n"
                        + "  path: ./app\n  healthCheckExprs:\n" + indented));
    }

    @Test
    public void everythingThatIsWrongIsToldTogether() {
        BadInputException bad = assertThrows(
                BadInputException.class,
                () -> read(
                        """
                        - kind: Database
                          current: status.phase ==
                        - apiVersion: example.org/v1
                          kind: Database
                          current: status.phase ==
                        - apiVersion: example.org/v1
                          kind: Database
                          current: "'yes'"
                          ready: "true"
                        - {apiVersion: example.org/v1, kind: Other, current: "1 + 1"}
                        """));
        String told = bad.getMessage();
        assertTrue(told, told.contains("health.yaml: healthCheckExprs[0] has no apiVersion"));
        assertTrue(told, told.contains("healthCheckExprs[2] has an unknown key \"ready\""));
        assertTrue(
                told, told.contains("the health expression \"current\" for Database.example.org cannot be compiled: "));
        assertTrue(told, told.contains("\"current\" for Other.example.org is neither true nor false"));
    }

    @Test
    public void aFileWithoutAnyIsAMistake() {
        assertThrows(BadInputException.class, () -> read("{}"));
        assertThrows(BadInputException.class, () -> read(""));
        assertThrows(BadInputException.class, () -> read("healthCheckExprs: 3"));
    }
}
