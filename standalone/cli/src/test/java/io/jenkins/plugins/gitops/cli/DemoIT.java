package io.jenkins.plugins.gitops.cli;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The README's first command. */
public class DemoIT {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theDemoShowsSyncDriftHealingAndPruning() throws Exception {
        Path dir = folder.getRoot().toPath().resolve("demo");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Gitops.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("demo", "--dir", dir.toString());
        String text = out.toString();
        assertEquals(text + err, 0, code);
        assertTrue(text, text.contains("7 created, 0 updated, 0 unchanged, 0 pruned"));
        assertTrue(text, text.contains("0 created, 0 updated, 7 unchanged, 0 pruned"));
        assertTrue(text, text.contains("spec.replicas: 5 -> 2  by kubectl-patch"));
        assertTrue(text, text.contains("deleted in the cluster"));
        assertTrue(text, text.contains("1 created, 1 updated, 5 unchanged, 0 pruned; 2 drifted"));
        assertTrue(text, text.contains("3 pruned"));
        Path report = dir.resolve("reports/prune/report.html");
        assertTrue(text, text.stripTrailing().endsWith(report.toString()));
        assertTrue(Files.size(report) > 1_000);
    }
}
