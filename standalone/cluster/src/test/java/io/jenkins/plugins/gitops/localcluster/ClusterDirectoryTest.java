package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.localcluster.ClusterStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ClusterDirectoryTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aDirectoryWithOtherThingsIsRefused() throws Exception {
        Path home = folder.getRoot().toPath();
        Files.writeString(home.resolve("thesis.tex"), "years of work");

        ControlPlaneException e = assertThrows(
                ControlPlaneException.class, () -> LocalControlPlane.up(home, Options.defaults(), Progress.none()));

        assertEquals(
                "the directory " + home.toRealPath() + " holds other things, such as thesis.tex;"
                        + " name an empty or a new directory for the control plane",
                e.getMessage());
        LocalControlPlane.delete(home, Progress.none());
        assertTrue(Files.exists(home.resolve("thesis.tex")));
    }

    @Test
    public void aFileInItsPlaceIsRefused() throws Exception {
        Path file = folder.newFile().toPath();

        ControlPlaneException e = assertThrows(
                ControlPlaneException.class, () -> LocalControlPlane.up(file, Options.defaults(), Progress.none()));

        assertTrue(e.getMessage(), e.getMessage().startsWith("cannot use the directory " + file + ": "));
    }

    @Test
    public void whatIsMadeIsForItsOwnerAlone() throws Exception {
        ClusterDirectory directory =
                ClusterDirectory.prepare(folder.getRoot().toPath().resolve("a/b"));

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())));
    }

    @Test
    public void whereNothingIsThereIsNothingToEnd() throws Exception {
        Path absent = folder.getRoot().toPath().resolve("absent");

        assertEquals(State.ABSENT, LocalControlPlane.status(absent).state());
        assertFalse(LocalControlPlane.down(absent, Progress.none()));
        LocalControlPlane.delete(absent, Progress.none());
        assertFalse("looking makes nothing", Files.exists(absent));
    }

    @Test
    public void deletingLeavesWhatAUserPutBeside() throws Exception {
        ClusterDirectory directory =
                ClusterDirectory.prepare(folder.getRoot().toPath().resolve("c"));
        new ClusterRecord(directory.root().toString(), "v1.36.3", 1, 2, true).write(directory);
        Files.writeString(directory.root().resolve("notes.txt"), "mine");

        LocalControlPlane.delete(directory.root(), Progress.none());

        assertTrue(Files.exists(directory.root().resolve("notes.txt")));
        assertFalse(Files.exists(directory.record()));
        assertFalse(Files.exists(directory.logs()));
    }

    @Test
    public void aRecordThatCannotBeReadIsToldWithWhatToDo() throws Exception {
        Path dir = folder.getRoot().toPath();
        Files.writeString(dir.resolve("cluster.json"), "{");

        ControlPlaneException e = assertThrows(ControlPlaneException.class, () -> LocalControlPlane.status(dir));

        assertTrue(e.getMessage(), e.getMessage().contains("cluster.json cannot be read: "));
        assertTrue(e.getMessage(), e.getMessage().contains("remove the directory and start anew"));
    }
}
