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
import picocli.CommandLine;

/** What the command line says to whoever types it. */
public class GitopsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Gitops.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    public void aWrongOptionIsAnsweredInThreeLines() {
        assertEquals(2, run("sync", "--prun-limit=3"));
        assertEquals(
                """
                error: Unknown option: '--prun-limit=3'
                did you mean --prune or --prune-limit?
                try: gitops sync --help
                """,
                err.toString());
        assertEquals("", out.toString());
    }

    @Test
    public void aWrongCommandIsAnsweredWithTheCommands() {
        assertEquals(2, run("snyc"));
        assertEquals(
                """
                error: Unmatched argument at index 0: 'snyc'
                commands: sync, plan, show, drift, probe, validate, schemas, render, health, delete, cluster, demo
                try: gitops --help
                """,
                err.toString());
    }

    @Test
    public void aValueThatDoesNotFitIsNamed() {
        assertEquals(2, run("sync", "--timeout=soon"));
        assertTrue(err.toString(), err.toString().startsWith("error: Invalid value for option '--timeout'"));
    }

    /** As people type it who know other tools of this kind: the folder without an option's name. */
    @Test
    public void theRepositoryMayBeNamedWithoutItsOption() throws Exception {
        String manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: b\n";
        Files.writeString(folder.newFile("a.yaml").toPath(), manifest);
        String directory = folder.getRoot().toString();
        assertEquals(0, run("validate", directory));
        assertTrue(out.toString(), out.toString().contains("no problems\nValid: 1 manifest is sound"));
        assertEquals(0, run("render", directory));
        assertTrue(out.toString(), out.toString().contains("# Source: a.yaml:1"));
        assertEquals(2, run("plan", "--kubeconfig", "none", directory));
        assertEquals(2, run("validate", "--repo", directory, directory));
        assertTrue(err.toString(), err.toString().contains("two config repositories are named"));
    }

    @Test
    public void everyCommandHasHelpWithAHeaderAndGroups() {
        for (CommandLine command : Gitops.commandLine().getSubcommands().values()) {
            if (command.getCommandSpec().usageMessage().hidden()) {
                continue;
            }
            String name = command.getCommandName();
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertTrue(
                    name + " has no header",
                    command.getCommandSpec().usageMessage().header().length > 0);
            assertTrue(help, help.contains("Help:\n"));
        }
        String sync = Gitops.commandLine().getSubcommands().get("sync").getUsageMessage(CommandLine.Help.Ansi.OFF);
        for (String group : new String[] {"Options:", "Config repository:", "Cluster:", "Output:", "Changes:"}) {
            assertTrue(sync, sync.contains("\n" + group + "\n"));
        }
    }

    @Test
    public void aMissingKubeconfigIsAnErrorOfTheUser() throws Exception {
        Path missing = folder.getRoot().toPath().resolve("kubeconfig");
        assertEquals(2, run("drift", "--kubeconfig=" + missing, "--repo=" + folder.getRoot()));
        assertTrue(err.toString(), err.toString().startsWith("error: "));
        assertTrue(err.toString(), err.toString().contains(missing.toString()));
        assertTrue("no stack trace", !err.toString().contains("\tat "));
    }
}
