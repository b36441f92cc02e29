package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.openLocal;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.text;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Where a repository of this machine is found, and what it is. */
public class LocalCheckoutTest {
    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private GitFixture git;
    private Path root;

    @Before
    public void init() throws Exception {
        root = temporary.getRoot().toPath().toRealPath();
        git = GitFixture.init(root.resolve("config"));
        git.write("apps/shop/x.yaml", "x: 1\n").commit("first");
    }

    @After
    public void close() {
        git.close();
    }

    @Test
    public void aFolderInsideACheckoutIsFoundWithItsPath() throws Exception {
        assertSubfolder("", git.folder.toString());
        assertSubfolder("", git.folder + "/");
        assertSubfolder("apps/shop", git.folder + "/apps/shop");
        assertSubfolder("apps", git.folder + "/apps/shop/../");
        assertSubfolder("", git.folder + "/.git");
        assertSubfolder("", git.folder + "/.git/refs");
        assertSubfolder("apps", "file://" + git.folder + "/apps");
        Files.createSymbolicLink(root.resolve("alias"), git.folder.resolve("apps"));
        assertSubfolder("apps", root + "/alias");
    }

    @Test
    public void anInterruptIsNotForgottenWhileACheckoutIsLookedAt() throws Exception {
        try (ConfigRepository repository = openLocal(git.folder.toString(), null, false)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, repository::uncommitted);
        }
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> openLocal(git.folder.toString(), null, false));
    }

    @Test
    public void aBareRepositoryIsRead() throws Exception {
        Path bare = root.resolve("config.git");
        Git.cloneRepository()
                .setBare(true)
                .setURI(git.folder.toUri().toString())
                .setDirectory(bare.toFile())
                .call()
                .close();
        for (String repo : List.of(bare.toString(), bare.toUri().toString())) {
            try (ConfigRepository repository = openLocal(repo, null, false)) {
                assertEquals("main", repository.revision().ref());
                assertEquals("x: 1\n", text(repository.tree(), "apps/shop/x.yaml"));
                assertEquals(List.of(), repository.uncommitted());
                assertEquals("", repository.subfolder());
                assertEquals(repo, repository.displayUrl());
            }
        }
        assertEquals(
                "\"" + bare + "\" is a bare repository, which has no working tree;"
                        + " name a checkout, or leave out the working tree",
                problemsOf(() -> openLocal(bare.toString(), null, true)));
    }

    @Test
    public void aCheckoutIsCalledByItsOrigin() throws Exception {
        Path clone = root.resolve("clone");
        try (Git cloned = Git.cloneRepository()
                .setURI(git.folder.toUri().toString())
                .setDirectory(clone.toFile())
                .call()) {
            StoredConfig config = cloned.getRepository().getConfig();
            config.setString("remote", "origin", "url", "https://user:secret@git.example.org/team/config.git");
            config.save();
        }
        try (ConfigRepository repository = openLocal(clone.toString(), null, false)) {
            assertEquals("https://git.example.org/team/config.git", repository.displayUrl());
        }
        try (ConfigRepository repository = openLocal(git.folder.toString(), null, false)) {
            assertEquals("no origin", git.folder.toString(), repository.displayUrl());
        }
    }

    @Test
    public void aFolderInNoRepositoryIsReadAsItStandsWhereThatIsAllowed() throws Exception {
        Path plain = temporary.newFolder("plain").toPath().toRealPath();
        Files.writeString(plain.resolve("a.yaml"), "x: 1\n");
        RepositoryPolicy folders = RepositoryPolicy.localAndRemote().withFolders();
        RepositoryRequest request = new RepositoryRequest(plain.toString(), null, false, folders, null);
        try (ConfigRepository repository = ConfigRepository.open(request, root, line -> {})) {
            assertNull(repository.revision());
            assertEquals(List.of("a.yaml"), repository.tree().files(""));
            assertEquals(List.of(), repository.uncommitted());
        }
        RepositoryRequest revision = new RepositoryRequest(plain.toString(), "main", false, folders, null);
        assertEquals(
                "\"" + plain + "\" is not in a Git repository; clone the config repository and name the clone,"
                        + " or run git init and commit the manifests",
                problemsOf(() -> ConfigRepository.open(revision, root, line -> {})));
    }

    @Test
    public void whatIsNoRepositoryIsSaid() throws Exception {
        Path plain = temporary.newFolder("plain").toPath();
        assertEquals(
                "\"" + plain + "\" is not in a Git repository; clone the config repository and name the clone,"
                        + " or run git init and commit the manifests",
                problemsOf(() -> openLocal(plain.toString(), null, false)));
        assertEquals(
                "\"" + plain + "/missing\" does not exist; name the path of a checkout, or a Git URL",
                problemsOf(() -> openLocal(plain + "/missing", null, false)));
        assertEquals(
                "\"" + git.folder + "/apps/shop/x.yaml\" is a file; name the checkout's folder",
                problemsOf(() -> openLocal(git.folder + "/apps/shop/x.yaml", null, false)));
    }

    @Test
    public void aWorktreeWhoseRepositoryIsGoneIsSaidAndNotTakenForTheOneAround() throws Exception {
        git.write("nested/.git", "gitdir: " + root + "/gone/.git/worktrees/nested\n");
        String problem = problemsOf(() -> openLocal(git.folder + "/nested", null, false));
        assertEquals(
                "The Git repository of \"" + git.folder + "/nested\" cannot be opened: repository not found: " + root
                        + "/gone/.git/worktrees/nested;"
                        + " if it is a linked worktree whose repository has moved, run git worktree repair there",
                problem);
    }

    @Test
    public void formatsThatCannotBeReadAreSaid() throws Exception {
        StoredConfig config = git.repository().getConfig();
        config.setInt("core", null, "repositoryformatversion", 1);
        config.setString("extensions", null, "objectformat", "sha256");
        config.save();
        assertEquals(
                "The Git repository of \"" + git.folder + "\" names its objects with sha256, which cannot be read yet;"
                        + " use a repository with SHA-1 names, which is Git's default",
                problemsOf(() -> git.open()));
        config.unsetSection("extensions", null);
        config.setInt("core", null, "repositoryformatversion", 9);
        config.save();
        assertEquals(
                "The Git repository of \"" + git.folder + "\" cannot be opened: Unknown repository format \"9\";"
                        + " expected \"0\".; check it with git fsck",
                problemsOf(() -> git.open()));
    }

    private static void assertSubfolder(String expected, String repo) throws Exception {
        try (ConfigRepository repository = openLocal(repo, null, false)) {
            assertEquals(repo, expected, repository.subfolder());
            assertEquals(List.of("apps/shop/x.yaml"), repository.tree().files(""));
        }
    }
}
