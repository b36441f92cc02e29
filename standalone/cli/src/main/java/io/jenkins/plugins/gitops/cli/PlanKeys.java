package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.nio.charset.StandardCharsets;

/** The key that plans are sealed with: a secret, so it comes from the environment. */
final class PlanKeys {

    static final String VARIABLE = "GITOPS_PLAN_KEY";

    private PlanKeys() {}

    /** {@code null} where none is set. */
    static PlanKey fromEnvironment() throws BadInputException {
        String text = System.getenv(VARIABLE);
        if (text == null || text.isEmpty()) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < PlanKey.MIN_BYTES) {
            throw new BadInputException(
                    VARIABLE + " is shorter than " + PlanKey.MIN_BYTES + " bytes, so it could be guessed",
                    "make one with: openssl rand -hex 32");
        }
        return new PlanKey(bytes);
    }
}
