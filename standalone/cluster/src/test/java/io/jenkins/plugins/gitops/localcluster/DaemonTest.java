package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** With a shell script in the place of etcd. */
public class DaemonTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<Process> strangers = new ArrayList<>();
    private Path directory;
    private Path executable;
    private Daemon daemon;

    @Before
    public void setUp() throws Exception {
        directory = folder.getRoot().toPath().toRealPath();
        executable = directory.resolve("etcd");
        FakeBinaries.executable(executable, "#!/bin/sh\necho started in $PWD with $ETCD_NAME$HOME\nsleep 300 & wait\n");
        daemon = daemon(directory);
    }

    @After
    public void tearDown() throws Exception {
        daemon.process().ifPresent(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        daemon.end(false);
        strangers.forEach(Process::destroyForcibly);
    }

    private static Daemon daemon(Path directory) {
        return new Daemon(
                Binary.ETCD, "--data-dir=" + directory, directory.resolve("etcd.pid"), directory.resolve("etcd.log"));
    }

    private void start() throws Exception {
        daemon.start(executable, List.of("--name=x", daemon.mark()), directory, false);
    }

    @Test
    public void isKnownAgainByAnotherProgramThatReadsItsId() throws Exception {
        start();

        assertTrue(daemon(directory).isRunning());
        assertEquals(
                Files.readString(directory.resolve("etcd.pid")).strip(),
                Long.toString(daemon(directory).process().orElseThrow().pid()));
    }

    /** While it becomes the program its command line is cut short for a moment; a few rounds meet that moment. */
    @Test
    public void isKnownWhileItIsJustStarting() throws Exception {
        FakeBinaries.executable(executable, "#!/bin/sh\nwhile :; do sleep 0.1; done\n");
        for (int i = 0; i < 50; i++) {
            start();
            for (int look = 0; look < 50; look++) {
                assertTrue("round " + i + ", look " + look, daemon.isRunning());
            }
            daemon.end(false);
        }
    }

    @Test
    public void endsAndIsGone() throws Exception {
        start();
        ProcessHandle process = daemon.process().orElseThrow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);

        daemon.end(true);

        assertFalse(daemon.isRunning());
        assertTrue(Daemon.hasEnded(process));
        assertFalse(Files.exists(directory.resolve("etcd.pid")));
    }

    @Test
    public void aProcessThatGotTheIdLaterIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "300").start();
        strangers.add(stranger);
        Files.writeString(directory.resolve("etcd.pid"), stranger.pid() + "\n");

        assertFalse(daemon.isRunning());
        daemon.end(true);

        assertTrue(stranger.isAlive());
    }

    @Test
    public void theSameProgramOfAnotherDirectoryIsLeftAlone() throws Exception {
        Path other = folder.newFolder("other").toPath().toRealPath();
        start();
        Files.copy(directory.resolve("etcd.pid"), other.resolve("etcd.pid"));

        daemon(other).end(true);

        assertTrue(daemon.isRunning());
    }

    @Test
    public void nothingRunsWhereTheIdIsMissingOrNoNumber() throws Exception {
        assertFalse(daemon.isRunning());
        Files.writeString(directory.resolve("etcd.pid"), "garbage");
        assertFalse(daemon.isRunning());
        daemon.end(true);
    }

    @Test
    public void theUsersSettingsAreKeptFromItAndItsLogOfLastTimeIsKept() throws Exception {
        Files.writeString(directory.resolve("etcd.log"), "the last words of the last time\n");
        start();
        String expected = "started in " + directory + " with " + directory;

        for (int i = 0; i < 100 && LogTail.of(daemon.log(), 1).isEmpty(); i++) {
            Thread.sleep(50);
        }

        assertEquals(List.of(expected), LogTail.of(daemon.log(), 5));
        assertEquals("the last words of the last time\n", Files.readString(directory.resolve("etcd.log.1")));
    }

    @Test
    public void aProgramThatCannotStartSaysWhyInItsLog() throws Exception {
        daemon.start(directory.resolve("missing/etcd"), List.of(daemon.mark()), directory, true);

        for (int i = 0; i < 100 && daemon.isRunning(); i++) {
            Thread.sleep(50);
        }

        assertFalse(daemon.isRunning());
        assertTrue(String.join("\n", LogTail.of(daemon.log(), 3)).contains("missing/etcd"));
    }

    @Test
    public void isNotStartedWithoutWhatItIsKnownBy() {
        assertThrows(
                IllegalArgumentException.class, () -> daemon.start(executable, List.of("--name=x"), directory, false));
    }
}
