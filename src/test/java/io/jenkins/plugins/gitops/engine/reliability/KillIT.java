package io.jenkins.plugins.gitops.engine.reliability;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.TestRepository;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;

/**
 * Syncs are killed at random moments, and whatever they leave behind, the next sync ends where an undisturbed one ends:
 * the same objects, the same inventory, nothing orphaned, nothing deleted that Git declares, nothing of others touched.
 * {@code -Dgitops.kills=200} for a long run, {@code -Dgitops.seed=N} for the changes of an earlier one; the moments are
 * never the same.
 */
public class KillIT {

    private static final int KILLS = Integer.getInteger("gitops.kills", 10);

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void theNextSyncMakesUpForOneThatWasKilled() throws Exception {
        long seed = Long.getLong("gitops.seed", new Random().nextInt(1_000_000));
        System.out.println("kills: " + KILLS + ", seed " + seed);
        String disturbed = engine.namespace();
        String quiet = "quiet-" + disturbed;
        engine.kubectl("create", "namespace", quiet);
        for (String namespace : new String[] {disturbed, quiet}) {
            engine.kubectl("create", "configmap", "stranger", "--namespace=" + namespace);
            engine.kubectl("create", "configmap", "others", "--namespace=" + namespace);
            engine.kubectl(
                    "label", "configmap/others", "--namespace=" + namespace, "applyset.kubernetes.io/part-of=theirs");
        }
        String strangers = strangers();
        TestRepository repository =
                new TestRepository(engine.newFolder("two-apps").toPath());
        try (KillHarness harness = new KillHarness(
                engine.access(),
                engine.cluster().kubeconfig(),
                repository,
                engine.newFolder("git-cache").toPath(),
                disturbed,
                quiet,
                seed)) {
            int rounds = 0;
            while (harness.kills() < KILLS) {
                harness.round();
                rounds++;
                if (rounds % 5 == 0) {
                    System.out.println("round " + rounds + ": survived " + harness.kills() + " kills");
                }
            }
            System.out.println("survived " + harness.kills() + " kills in " + rounds + " rounds, seed " + seed + "; "
                    + harness.tooLate() + " syncs had ended before; killed after " + harness.moments());
        }
        assertEquals("nothing of others was touched", strangers, strangers());
    }

    private String strangers() throws Exception {
        return engine.kubectl(
                "get",
                "configmap",
                "stranger",
                "others",
                "-o",
                "jsonpath={range .items[*]}{.metadata.uid} {.metadata.resourceVersion}{end}");
    }
}
