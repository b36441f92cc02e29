package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.openLocal;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.text;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Every kind of checkout that {@code git} makes. */
public class LocalCheckoutIT {
    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private Path root;
    private Path config;
    private GitBinary git;

    @BeforeClass
    public static void needsGit() {
        GitBinary.assumeInstalled();
    }

    @Before
    public void init() throws Exception {
        root = temporary.getRoot().toPath().toRealPath();
        git = new GitBinary(temporary.newFolder("home").toPath());
        config = root.resolve("config");
        git.run(root, "init", "-q", "-b", "main", "config");
        commit("apps/a.yaml", "a: 1\n");
        commit("apps/a.yaml", "a: 2\n");
        commit("base/b.yaml", "b: 1\n");
    }

    @Test
    public void aLinkedWorktreeIsACheckoutOfItsOwn() throws Exception {
        git.run(config, "worktree", "add", "-q", "-b", "feature", "../linked");
        Path linked = root.resolve("linked");
        Files.writeString(linked.resolve("apps/a.yaml"), "a: 3\n");
        git.run(linked, "commit", "-qam", "third");
        Files.writeString(linked.resolve("apps/new.yaml"), "");
        try (ConfigRepository repository = openLocal(linked + "/apps", null, false)) {
            assertEquals("feature", repository.revision().ref());
            assertEquals(
                    git.run(linked, "rev-parse", "HEAD"), repository.revision().commit());
            assertEquals("a: 3\n", text(repository.tree(), "apps/a.yaml"));
            assertEquals(List.of("apps/new.yaml"), repository.uncommitted());
            assertEquals("apps", repository.subfolder());
        }
        try (ConfigRepository repository = openLocal(linked.toString(), null, true)) {
            assertEquals(
                    List.of("apps/a.yaml", "apps/new.yaml", "base/b.yaml"),
                    repository.tree().files(""));
        }
        try (ConfigRepository repository = openLocal(config.toString(), null, false)) {
            assertEquals("main", repository.revision().ref());
            assertEquals(List.of(), repository.uncommitted());
        }
        try (ConfigRepository repository = openLocal(linked.toString(), "main", false)) {
            assertEquals("a: 2\n", text(repository.tree(), "apps/a.yaml"));
        }
        Files.move(config, root.resolve("moved"));
        String problem = problemsOf(() -> openLocal(linked.toString(), null, false));
        assertTrue(
                problem,
                problem.startsWith("The Git repository of \"" + linked + "\" cannot be opened: ")
                        && problem.endsWith("; if it is a linked worktree whose repository has moved,"
                                + " run git worktree repair there"));
    }

    @Test
    public void aWorktreeOfABareRepositoryIsRead() throws Exception {
        git.run(root, "clone", "-q", "--bare", "config", "bare.git");
        git.run(root.resolve("bare.git"), "worktree", "add", "-q", "../tree", "main");
        try (ConfigRepository repository = openLocal(root + "/tree", null, true)) {
            assertEquals("a: 2\n", text(repository.tree(), "apps/a.yaml"));
            assertFalse(repository.revision().modified());
            assertEquals("main", repository.revision().ref());
        }
    }

    @Test
    public void aShallowCloneHasWhatItHas() throws Exception {
        git.run(root, "clone", "-q", "--depth=1", config.toUri().toString(), "shallow");
        String shallow = root + "/shallow";
        try (ConfigRepository repository = openLocal(shallow, null, false)) {
            assertEquals("a: 2\n", text(repository.tree(), "apps/a.yaml"));
            assertEquals(List.of(), repository.uncommitted());
        }
        String advice = "; the clone is shallow: complete it with git fetch --unshallow";
        assertEquals(
                "\"" + shallow + "\" has no branch, tag or commit \"HEAD~1\"" + advice,
                problemsOf(() -> openLocal(shallow, "HEAD~1", false)));
        git.run(root.resolve("shallow"), "fetch", "-q", "--unshallow");
        openLocal(shallow, "HEAD~1", false).close();
    }

    @Test
    public void aPartialCloneSaysWhatItLacks() throws Exception {
        git.run(config, "config", "uploadpack.allowFilter", "true");
        for (String filter : List.of("blob:none", "tree:0")) {
            String name = "partial-" + filter.replace(":", "-");
            git.run(root, "clone", "-q", "--filter=" + filter, config.toUri().toString(), name);
            String partial = root.resolve(name).toString();
            try (ConfigRepository repository = openLocal(partial, null, false)) {
                assertEquals("a: 2\n", text(repository.tree(), "apps/a.yaml"));
                assertEquals(List.of(), repository.uncommitted());
            }
            try (ConfigRepository repository = openLocal(partial, "HEAD~2", false)) {
                assertEquals(
                        "\"" + partial + "\" is a partial clone, and some files of this commit were never fetched;"
                                + " complete it with git fetch --refetch --no-filter",
                        problemsOf(() -> {
                            repository.tree().files("apps");
                            repository.tree().read("apps/a.yaml");
                        }));
            }
            git.run(Path.of(partial), "fetch", "-q", "--refetch", "--no-filter");
            try (ConfigRepository repository = openLocal(partial, "HEAD~2", false)) {
                assertEquals("a: 1\n", text(repository.tree(), "apps/a.yaml"));
            }
        }
    }

    @Test
    public void aSparseCheckoutIsCompleteAsACommitAndNotOnDisk() throws Exception {
        git.run(config, "sparse-checkout", "set", "apps");
        try (ConfigRepository repository = openLocal(config.toString(), null, false)) {
            assertEquals(
                    List.of("apps/a.yaml", "base/b.yaml"), repository.tree().files(""));
            assertEquals(List.of(), repository.uncommitted());
        }
        try (ConfigRepository repository = openLocal(config.toString(), null, true)) {
            assertEquals(List.of("apps/a.yaml"), repository.tree().files("apps"));
            assertFalse(repository.revision().modified());
            String leftOut = "base: the sparse checkout leaves this out, so it is not on disk;"
                    + " run git sparse-checkout disable, or read the commit and not the working tree";
            assertEquals(leftOut, problemsOf(() -> repository.tree().files("")));
            assertEquals(leftOut, problemsOf(() -> repository.tree().files("base")));
            assertEquals(leftOut, problemsOf(() -> repository.tree().files("base/b.yaml")));
        }
    }

    @Test
    public void anIndexThatCannotBeReadIsSaid() throws Exception {
        git.run(config, "sparse-checkout", "set", "--cone", "--sparse-index", "apps");
        String problem = problemsOf(() -> openLocal(config.toString(), null, true));
        assertTrue(
                problem,
                problem.startsWith("The index of the checkout \"" + config + "\" cannot be read: ")
                        && problem.endsWith("; run git sparse-checkout reapply --no-sparse-index,"
                                + " or git update-index --no-split-index"));
        try (ConfigRepository repository = openLocal(config.toString(), null, false)) {
            assertEquals(
                    List.of("apps/a.yaml", "base/b.yaml"), repository.tree().files(""));
            assertEquals(problem, problemsOf(repository::uncommitted));
        }
        git.run(config, "sparse-checkout", "reapply", "--no-sparse-index");
        openLocal(config.toString(), null, true).close();

        git.run(config, "sparse-checkout", "disable");
        git.run(config, "update-index", "--split-index");
        assertEquals(
                problem.substring(0, 20),
                problemsOf(() -> openLocal(config.toString(), null, true)).substring(0, 20));
        git.run(config, "update-index", "--no-split-index");
        openLocal(config.toString(), null, true).close();
    }

    @Test
    public void submodulesAreRefusedWhetherTheyAreThereOrNot() throws Exception {
        git.run(root, "init", "-q", "-b", "main", "lib");
        Files.writeString(root.resolve("lib/x.yaml"), "");
        git.run(root.resolve("lib"), "add", ".");
        git.run(root.resolve("lib"), "commit", "-qm", "lib");
        git.run(config, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../lib", "apps/lib");
        git.run(config, "commit", "-qm", "add lib");
        String refused = "apps/lib: this is a Git submodule, whose files are not part of the repository;"
                + " commit the files themselves, or sync the submodule's own repository";
        for (boolean workingTree : new boolean[] {false, true}) {
            try (ConfigRepository repository = openLocal(config.toString(), null, workingTree)) {
                assertEquals(refused, problemsOf(() -> repository.tree().files("apps")));
                assertEquals(List.of(), repository.uncommitted());
            }
        }
        try (ConfigRepository repository = openLocal(config + "/apps/lib", null, false)) {
            assertEquals(List.of("x.yaml"), repository.tree().files(""));
            assertEquals("", repository.subfolder());
        }
        git.run(root, "clone", "-q", "config", "without");
        try (ConfigRepository repository = openLocal(root + "/without", null, true)) {
            assertEquals(refused, problemsOf(() -> repository.tree().files("apps")));
        }
    }

    @Test
    public void whatGitPacksIsRead() throws Exception {
        git.run(config, "tag", "-a", "v1", "-m", "one", "HEAD~1");
        git.run(config, "branch", "feature/x", "HEAD~2");
        git.run(config, "gc", "-q");
        git.run(config, "pack-refs", "--all");
        git.run(config, "repack", "-q", "-ad", "--write-midx");
        git.run(config, "commit-graph", "write", "--reachable");
        git.run(config, "update-index", "--index-version", "4");
        git.run(config, "update-index", "--untracked-cache");
        try (ConfigRepository repository = openLocal(config.toString(), "v1", false)) {
            assertEquals("v1", repository.revision().ref());
            assertEquals(List.of("apps/a.yaml"), repository.tree().files(""));
            assertEquals(List.of(), repository.uncommitted());
        }
        try (ConfigRepository repository = openLocal(config.toString(), "feature/x", false)) {
            assertEquals("a: 1\n", text(repository.tree(), "apps/a.yaml"));
        }
    }

    @Test
    public void gitAgreesOnWhatIsUncommitted() throws Exception {
        Files.writeString(config.resolve(".gitignore"), "*.tmp\nout/\n");
        Files.writeString(config.resolve("program"), "#!/bin/sh\n");
        Files.createSymbolicLink(config.resolve("link"), Path.of("apps"));
        Files.writeString(config.resolve("gone"), "");
        git.run(config, "add", ".");
        git.run(config, "commit", "-qm", "more");
        assertUncommitted();

        config.resolve("program").toFile().setExecutable(true);
        Files.delete(config.resolve("link"));
        Files.createSymbolicLink(config.resolve("link"), Path.of("base"));
        Files.delete(config.resolve("gone"));
        Files.createDirectories(config.resolve("gone"));
        Files.writeString(config.resolve("gone/now a folder"), "");
        Files.createDirectories(config.resolve("out"));
        Files.writeString(config.resolve("out/ignored"), "");
        Files.writeString(config.resolve("ignored.tmp"), "");
        Files.writeString(config.resolve("apps/a.yaml"), "a: 9\n");
        assertUncommitted();
    }

    @Test
    public void sha256IsSaid() throws Exception {
        git.run(root, "init", "-q", "--object-format=sha256", "new");
        assertEquals(
                "The Git repository of \"" + root + "/new\" names its objects with sha256, which cannot be read yet;"
                        + " use a repository with SHA-1 names, which is Git's default",
                problemsOf(() -> openLocal(root + "/new", null, false)));
    }

    private void assertUncommitted() throws Exception {
        List<String> status = git.run(config, "status", "--porcelain", "--untracked-files=all", "--no-renames")
                .lines()
                .map(line -> line.strip().replaceFirst("^\\S+ +", "").replace("\"", ""))
                .sorted()
                .toList();
        try (ConfigRepository repository = openLocal(config.toString(), null, true)) {
            assertEquals(status, repository.uncommitted());
        }
    }

    private void commit(String file, String content) throws Exception {
        Path path = config.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        git.run(config, "add", ".");
        git.run(config, "commit", "-qm", "change " + file);
    }
}
