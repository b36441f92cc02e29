package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.everythingBelow;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ScratchCopyTest {
    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private GitFixture git;
    private Path target;

    @Before
    public void init() throws Exception {
        git = GitFixture.init(temporary.getRoot().toPath().resolve("config"));
        target = temporary.newFolder("scratch").toPath();
    }

    @After
    public void close() {
        git.close();
    }

    @Test
    public void aFolderIsWrittenAtItsOwnPath() throws Exception {
        git.write("base/web.yaml", "web: 1\n").write("overlays/prod/kustomization.yaml", "k: 1\n");
        git.write("overlays/prod/run.sh", "#!/bin/sh\n").link("overlays/prod/linked", "../../base");
        git.folder.resolve("overlays/prod/run.sh").toFile().setExecutable(true);
        git.commit("first");
        git.write("overlays/prod/uncommitted.yaml", "");

        try (ConfigRepository repository = git.open()) {
            repository.tree().exportTo(target, "overlays/prod");
            assertEquals(
                    List.of(
                            "overlays",
                            "overlays/prod",
                            "overlays/prod/kustomization.yaml",
                            "overlays/prod/linked",
                            "overlays/prod/linked/web.yaml",
                            "overlays/prod/run.sh"),
                    everythingBelow(target));
            repository.tree().exportTo(target, "base");
            repository.tree().exportTo(target, "");
        }
        assertEquals("web: 1\n", Files.readString(target.resolve("base/web.yaml")));
        assertEquals("web: 1\n", Files.readString(target.resolve("overlays/prod/linked/web.yaml")));
        assertEquals("rwx------", mode("overlays/prod/run.sh"));
        assertEquals("rw-------", mode("overlays/prod/kustomization.yaml"));
        assertEquals("rwx------", mode("overlays/prod"));
        assertTrue(Files.isDirectory(target.resolve("overlays/prod/linked"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    public void theWorkingTreeIsWrittenToo() throws Exception {
        git.write("a.yaml", "a: 1\n").commit("first");
        git.write("a.yaml", "a: 2\n").write("run.sh", "");
        git.folder.resolve("run.sh").toFile().setExecutable(true);
        try (ConfigRepository repository = git.openWorkingTree()) {
            repository.tree().exportTo(target, "");
        }
        assertEquals(List.of("a.yaml", "run.sh"), everythingBelow(target));
        assertEquals("a: 2\n", Files.readString(target.resolve("a.yaml")));
        assertEquals("rwx------", mode("run.sh"));
    }

    @Test
    public void everythingThatCannotBeReadIsToldAtOnce() throws Exception {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
        git.write("chart/a.tgz", pointer).write("chart/b.tgz", pointer).write("chart/ok.yaml", "");
        git.commit("first");
        try (ConfigRepository repository = git.open()) {
            String lfs = ": the file is stored with Git LFS, and only the pointer to its content is here;"
                    + " store what is synced in Git itself: git lfs untrack, then commit it again";
            assertEquals(
                    "chart/a.tgz" + lfs + "\nchart/b.tgz" + lfs,
                    problemsOf(() -> repository.tree().exportTo(target, "chart")));
        }
    }

    private String mode(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(file)));
    }
}
