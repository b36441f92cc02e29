package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.text;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is read of the files on disk, and how they differ from HEAD. */
public class WorkingStoreTest {
    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private GitFixture git;

    @Before
    public void init() throws Exception {
        git = GitFixture.init(temporary.getRoot().toPath().resolve("config"));
    }

    @After
    public void close() {
        git.close();
    }

    @Test
    public void filesAreReadAsTheyStandOnDisk() throws Exception {
        git.write("apps/a.yaml", "a: 1\n").write("apps/b.yaml", "b: 1\n").commit("first");
        git.write("apps/a.yaml", "a: 2\n").write("apps/c.yaml", "c: 1\n");
        Files.delete(git.folder.resolve("apps/b.yaml"));

        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(
                    List.of("apps/a.yaml", "apps/c.yaml"), repository.tree().files(""));
            assertEquals("a: 2\n", text(repository.tree(), "apps/a.yaml"));
            assertEquals(List.of("apps/a.yaml", "apps/b.yaml", "apps/c.yaml"), repository.uncommitted());
            assertTrue(repository.revision().modified());
        }
        try (ConfigRepository repository = git.open()) {
            assertEquals(
                    List.of("apps/a.yaml", "apps/b.yaml"), repository.tree().files(""));
            assertEquals("a: 1\n", text(repository.tree(), "apps/a.yaml"));
            assertEquals(List.of("apps/a.yaml", "apps/b.yaml", "apps/c.yaml"), repository.uncommitted());
            assertFalse(repository.revision().modified());
        }
    }

    @Test
    public void aCleanWorkingTreeIsTheCommit() throws Exception {
        git.write(".gitignore", "*.log\nbuild/\n!keep.log\n")
                .write("a.yaml", "a: 1\n")
                .commit("first");
        git.write("x.log", "ignored").write("build/out.yaml", "ignored");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertFalse(repository.revision().modified());
            assertEquals(List.of(), repository.uncommitted());
            assertEquals(List.of(".gitignore", "a.yaml"), repository.tree().files(""));
            assertEquals(
                    "Folder \"build\" does not exist in the working tree; the repository holds no folders",
                    problemsOf(() -> repository.tree().files("build")));
        }
        git.write("keep.log", "not ignored");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertTrue(repository.revision().modified());
            assertEquals(List.of("keep.log"), repository.uncommitted());
            assertEquals(
                    List.of(".gitignore", "a.yaml", "keep.log"),
                    repository.tree().files(""));
        }
    }

    @Test
    public void aCommittedFileCountsEvenWhereItIsIgnoredNow() throws Exception {
        git.write("build/a.yaml", "a: 1\n").commit("first");
        git.write(".gitignore", "build/\n").write("build/b.yaml", "b: 1\n").commit("ignore it");
        git.write("build/a.yaml", "a: 2\n");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(List.of("build/a.yaml"), repository.tree().files("build"));
            assertEquals(List.of("build/a.yaml"), repository.uncommitted());
        }
    }

    @Test
    public void whatIsStagedIsComparedByWhatIsOnDisk() throws Exception {
        git.write("a.yaml", "a: 1\n").write("b.yaml", "b: 1\n").commit("first");
        git.write("a.yaml", "a: 2\n").write("new.yaml", "n: 1\n");
        git.git.add().addFilepattern(".").call();
        git.write("a.yaml", "a: 1\n"); // staged, and undone on disk
        git.git.rm().setCached(true).addFilepattern("b.yaml").call();
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(List.of("new.yaml"), repository.uncommitted());
        }
    }

    @Test
    public void noFlagOfTheIndexHidesAChange() throws Exception {
        git.write("a.yaml", "a: 1\n").commit("first");
        DirCache index = git.repository().lockDirCache();
        index.getEntry("a.yaml").setAssumeValid(true);
        index.write();
        index.commit();
        git.write("a.yaml", "a: 2\n");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(List.of("a.yaml"), repository.uncommitted());
            assertTrue(repository.revision().modified());
        }
    }

    @Test
    public void lineEndingsThatGitConvertsAreNoChange() throws Exception {
        git.write(".gitattributes", "*.yaml text eol=crlf\n")
                .write("a.yaml", "a: 1\n")
                .commit("first");
        git.write("a.yaml", "a: 1\r\n");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(List.of(), repository.uncommitted());
            assertEquals("a: 1\r\n", text(repository.tree(), "a.yaml"));
        }
    }

    @Test
    public void noProgramOfTheConfigurationIsRun() throws Exception {
        Path ran = temporary.getRoot().toPath().resolve("ran");
        git.write("a.yaml", "a: 1\n").commit("first");
        StoredConfig config = git.repository().getConfig();
        String program = "touch " + ran + "; cat";
        config.setString("filter", "evil", "clean", program);
        config.setString("filter", "evil", "smudge", program);
        config.setString("filter", "evil", "process", program);
        config.setBoolean("filter", "evil", "required", true);
        config.setString("core", null, "fsmonitor", program);
        config.setString("core", null, "sshCommand", program);
        config.setString("diff", null, "external", program);
        config.save();
        for (String hook : new String[] {"post-checkout", "reference-transaction", "post-index-change"}) {
            git.write(".git/hooks/" + hook, "#!/bin/sh\ntouch " + ran + "\n");
            git.folder.resolve(".git/hooks/" + hook).toFile().setExecutable(true);
        }
        git.write(".gitattributes", "* filter=evil\n").write("a.yaml", "a: 2\n");

        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(List.of(".gitattributes", "a.yaml"), repository.uncommitted());
            assertEquals("a: 2\n", text(repository.tree(), "a.yaml"));
        }
        try (ConfigRepository repository = git.open()) {
            assertEquals("a: 1\n", text(repository.tree(), "a.yaml"));
            repository.tree().exportTo(temporary.newFolder().toPath(), "");
        }
        assertFalse(Files.exists(ran));
    }

    @Test
    public void linksNeverLeaveTheRepository() throws Exception {
        Path secret = Files.writeString(temporary.getRoot().toPath().resolve("secret"), "s3cret");
        git.write("base/x.yaml", "x: 1\n").commit("first");
        git.link("apps/ok.yaml", "../base/x.yaml").link("apps/all", "../base");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(
                    List.of("apps/all/x.yaml", "apps/ok.yaml"),
                    repository.tree().files("apps"));
            assertEquals("x: 1\n", text(repository.tree(), "apps/all/x.yaml"));
        }
        git.link("apps/absolute", secret.toString()).link("apps/outside", "../../secret");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(
                    "apps/absolute: the symbolic link points to \"" + secret + "\", an absolute path;"
                            + " link to a file of this repository by a relative path\n"
                            + "apps/outside: the symbolic link points to \"../../secret\", outside the repository;"
                            + " link to a file of this repository",
                    problemsOf(() -> repository.tree().files("apps")));
            assertEquals(
                    "apps/outside: the symbolic link points to \"../../secret\", outside the repository;"
                            + " link to a file of this repository",
                    problemsOf(() -> repository.tree().read("apps/outside")));
        }
    }

    @Test
    public void aFolderThatBecomesALinkAfterItWasListedIsNotFollowedOut() throws Exception {
        Path outside = temporary.newFolder("outside").toPath();
        Files.writeString(outside.resolve("x.yaml"), "s3cret");
        git.write("apps/x.yaml", "x: 1\n").commit("first");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(List.of("apps/x.yaml"), repository.tree().files("apps"));
            Files.move(git.folder.resolve("apps"), git.folder.resolve("moved"));
            git.link("apps", "../outside");
            String message = assertThrows(
                            IOException.class, () -> repository.tree().read("apps/x.yaml"))
                    .getMessage();
            assertEquals("\"apps/x.yaml\" leads out of the repository", message);
        }
    }

    @Test
    public void otherRepositoriesInsideAreRefusedUnlessTheyAreIgnored() throws Exception {
        git.write(".gitignore", "worktrees/\n").write("apps/x.yaml", "").commit("first");
        Git.init()
                .setDirectory(git.folder.resolve("worktrees/one").toFile())
                .call()
                .close();
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(List.of(".gitignore", "apps/x.yaml"), repository.tree().files(""));
        }
        Git.init()
                .setDirectory(git.folder.resolve("apps/nested").toFile())
                .call()
                .close();
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(
                    "apps/nested: this is a Git submodule, whose files are not part of the repository;"
                            + " commit the files themselves, or sync the submodule's own repository",
                    problemsOf(() -> repository.tree().files("apps")));
        }
    }

    @Test
    public void largeFilesAndLfsPointersAreRefused() throws Exception {
        git.write("x.yaml", "").commit("first");
        git.write("huge.bin", new byte[(16 << 20) + 1]);
        git.write("pointer.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
        try (ConfigRepository repository = git.openWorkingTree()) {
            assertEquals(
                    "huge.bin: the file holds 16,777,217 bytes, more than the 16 MiB that are read;"
                            + " keep large files out of the folder",
                    problemsOf(() -> repository.tree().read("huge.bin")));
            assertEquals(
                    "pointer.yaml: the file is stored with Git LFS, and only the pointer to its content is here;"
                            + " store what is synced in Git itself: git lfs untrack, then commit it again",
                    problemsOf(() -> repository.tree().read("pointer.yaml")));
        }
    }

    @Test
    public void manyFilesAreListedComparedAndReadFast() throws Exception {
        int count = 20_000;
        git.write("x.yaml", "").commit("first");
        for (int i = 0; i < count; i++) {
            git.write("apps/" + i % 200 + "/" + i + ".yaml", "kind: ConfigMap # " + i + "\n");
        }
        long start = ProcessorTime.nanos();
        try (ConfigRepository repository = git.openWorkingTree()) {
            List<String> files = repository.tree().files("apps");
            assertEquals(count, files.size());
            assertEquals(count, repository.uncommitted().size());
            for (String file : files) {
                assertTrue(repository.tree().read(file).length > 18);
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(ProcessorTime.nanos() - start);
        // It takes some seconds; what is quadratic takes minutes.
        assertTrue("20,000 files took " + seconds + " s of processor time", seconds < 60);
    }

    @Test
    public void aWorkingTreeHasNoRevision() throws Exception {
        git.write("x.yaml", "").commit("first");
        assertEquals(
                "The working tree is what is on disk now, so it cannot be read at revision \"main\";"
                        + " leave out either the revision or the working tree",
                problemsOf(() -> git.open("main", true)));
        assertEquals(
                "https://git.example.com/x is a remote repository, which has no working tree; name a checkout",
                problemsOf(() -> GitFixture.openLocal("https://ada:s3cret@git.example.com/x", null, true)));
    }
}
