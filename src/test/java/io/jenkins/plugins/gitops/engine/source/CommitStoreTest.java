package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.text;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.source.GitFixture.Raw;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is read of a commit. */
public class CommitStoreTest {
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
    public void filesAreListedByPathAndReadAsCommitted() throws Exception {
        git.write(".gitattributes", "*.yaml text eol=crlf\n");
        git.write("b.yaml", "b: 1\n").write("a/z.yaml", "z: 1\n").write("a.yaml", "a: 1\n");
        git.write("a/ü x.yaml", "u: 1\n").write("A/z.yaml", "Z: 1\n");
        git.commit("first");
        git.write("b.yaml", "b: changed\r\n").write("new.yaml", "n: 1\n");

        try (ConfigRepository repository = git.open()) {
            SourceTree tree = repository.tree();
            List<String> all = List.of(".gitattributes", "A/z.yaml", "a.yaml", "a/z.yaml", "a/ü x.yaml", "b.yaml");
            assertEquals(all, tree.files(""));
            assertEquals(all, tree.files("."));
            assertEquals(List.of("a/z.yaml", "a/ü x.yaml"), tree.files("a"));
            assertEquals(List.of("a/z.yaml", "a/ü x.yaml"), tree.files("./a//"));
            assertEquals(List.of("b.yaml"), tree.files("b.yaml"));
            assertEquals("b: 1\n", text(tree, "b.yaml"));
            assertEquals("u: 1\n", text(tree, "a/ü x.yaml"));
        }
    }

    @Test
    public void aPathThatDoesNotExistIsSaidWithWhatWasMeant() throws Exception {
        git.write("apps/shop/web.yaml", "a: 1\n")
                .write("clusters/prod/x.yaml", "a: 1\n")
                .write("z.yaml", "");
        String commit = git.commit("first").name().substring(0, 8);

        try (ConfigRepository repository = git.open()) {
            SourceTree tree = repository.tree();
            String where = " does not exist at revision main (" + commit + "); ";
            assertEquals(
                    "Folder \"apps/Shop\"" + where + "did you mean \"apps/shop\"?",
                    problemsOf(() -> tree.files("apps/Shop")));
            assertEquals(
                    "Folder \"shop\"" + where + "did you mean \"apps/shop\"?", problemsOf(() -> tree.files("shop")));
            assertEquals(
                    "Folder \"nothing-alike\"" + where + "the repository's root holds \"apps\" and \"clusters\"",
                    problemsOf(() -> tree.files("nothing-alike")));
            assertEquals(
                    "Folder \"z.yaml/x\"" + where + "the repository's root holds \"apps\" and \"clusters\"",
                    problemsOf(() -> tree.files("z.yaml/x")));
            assertEquals(
                    "There is no file \"apps/shop\" at revision main (" + commit + ")",
                    assertThrows(FileNotFoundException.class, () -> tree.read("apps/shop"))
                            .getMessage());
        }
    }

    @Test
    public void aPathNeverLeavesTheRepository() throws Exception {
        git.write("a/b.yaml", "").commit("first");
        String advice = "; give it relative to the repository's root, such as apps/shop";
        try (ConfigRepository repository = git.open()) {
            SourceTree tree = repository.tree();
            assertEquals("Path \"../x\" holds \"..\", which is refused" + advice, problemsOf(() -> tree.files("../x")));
            assertEquals(
                    "Path \"a/../a\" holds \"..\", which is refused" + advice, problemsOf(() -> tree.files("a/../a")));
            assertEquals("Path \"/etc\" is absolute" + advice, problemsOf(() -> tree.files("/etc")));
            assertEquals("Path \"C:\\x\" is absolute" + advice, problemsOf(() -> tree.files("C:\\x")));
            assertEquals("Path \"../x\" holds \"..\", which is refused" + advice, problemsOf(() -> tree.read("../x")));
        }
    }

    @Test
    public void linksAreFollowedInsideTheRepository() throws Exception {
        git.write("base/web.yaml", "web: 1\n").write("base/deep/db.yaml", "db: 1\n");
        git.link("prod/web.yaml", "../base/web.yaml");
        git.link("prod/all", "../base");
        git.link("prod/again.yaml", "all/deep/../web.yaml");
        git.link("alias", "prod/all/deep");
        git.commit("first");

        try (ConfigRepository repository = git.open()) {
            SourceTree tree = repository.tree();
            assertEquals(
                    List.of("prod/again.yaml", "prod/all/deep/db.yaml", "prod/all/web.yaml", "prod/web.yaml"),
                    tree.files("prod"));
            assertEquals("web: 1\n", text(tree, "prod/web.yaml"));
            assertEquals("web: 1\n", text(tree, "prod/again.yaml"));
            assertEquals("db: 1\n", text(tree, "prod/all/deep/db.yaml"));
            assertEquals(List.of("alias/db.yaml"), tree.files("alias"));
            assertEquals(List.of("prod/all/deep/db.yaml"), tree.files("prod/all/deep"));
        }
    }

    @Test
    public void everyBadLinkIsToldAtOnce() throws Exception {
        git.write("apps/ok.yaml", "").write("other/x.yaml", "");
        git.link("apps/a-absolute", "/etc/passwd");
        git.link("apps/b-outside", "../../outside");
        git.link("apps/c-dangling", "../other/missing.yaml");
        git.link("apps/d-self", "d-self");
        git.link("apps/e-up", "..");
        git.link("apps/f-chain", "../hop");
        git.link("hop", "C:\\Windows");
        git.commit("first");

        try (ConfigRepository repository = git.open()) {
            SourceTree tree = repository.tree();
            assertEquals(
                    """
                    apps/a-absolute: the symbolic link points to "/etc/passwd", an absolute path; \
                    link to a file of this repository by a relative path
                    apps/b-outside: the symbolic link points to "../../outside", outside the repository; \
                    link to a file of this repository
                    apps/c-dangling: the symbolic link points to "../other/missing.yaml", which does not exist; \
                    commit that file too, or remove the link
                    apps/d-self: the symbolic link points to "d-self", which leads back to the link; \
                    link to what does not hold the link
                    apps/e-up: the symbolic link points to "..", which leads back to the link; \
                    link to what does not hold the link
                    hop: the symbolic link points to "C:\\Windows", an absolute path; \
                    link to a file of this repository by a relative path""",
                    problemsOf(() -> tree.files("apps")));
            assertEquals(
                    "apps/c-dangling: the symbolic link points to \"../other/missing.yaml\", which does not exist;"
                            + " commit that file too, or remove the link",
                    problemsOf(() -> tree.files("apps/c-dangling")));
            assertEquals(List.of("other/x.yaml"), tree.files("other"));
        }
    }

    @Test
    public void linksThatMultiplyAreStopped() throws Exception {
        // Ten links to the next folder in each of ten folders: ten thousand million paths.
        for (int level = 0; level < 10; level++) {
            for (int i = 0; i < 10; i++) {
                git.link("bomb/" + level + "/" + i, "../" + (level + 1));
            }
        }
        git.write("bomb/10/x.yaml", "").commit("first");
        try (ConfigRepository repository = git.open()) {
            assertEquals(
                    "Folder \"bomb/0\" holds more than 100,000 files; name a smaller folder",
                    problemsOf(() -> repository.tree().files("bomb/0")));
        }
    }

    @Test
    public void submodulesAndLfsPointersAreRefused() throws Exception {
        ObjectId other = ObjectId.fromString("0123456789abcdef0123456789abcdef01234567");
        ObjectId pointer = git.blob("version https://git-lfs.github.com/spec/v1\n"
                + "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n");
        ObjectId apps = git.tree(
                new Raw("big.yaml", FileMode.REGULAR_FILE, pointer), new Raw("vendor", FileMode.GITLINK, other));
        git.commitTree(
                "main",
                git.tree(
                        new Raw("apps", FileMode.TREE, apps),
                        new Raw(
                                "ok.yaml",
                                FileMode.REGULAR_FILE,
                                git.blob("version https://git-lfs.github.com/spec/v2\n"))));

        String submodule = "apps/vendor: this is a Git submodule, whose files are not part of the repository;"
                + " commit the files themselves, or sync the submodule's own repository";
        try (ConfigRepository repository = git.open()) {
            SourceTree tree = repository.tree();
            assertEquals(submodule, problemsOf(() -> tree.files("apps")));
            assertEquals(submodule, problemsOf(() -> tree.files("apps/vendor/charts")));
            assertEquals(
                    "apps/big.yaml: the file is stored with Git LFS, and only the pointer to its content is here;"
                            + " store what is synced in Git itself: git lfs untrack, then commit it again",
                    problemsOf(() -> tree.read("apps/big.yaml")));
            assertEquals("version https://git-lfs.github.com/spec/v2\n", text(tree, "ok.yaml"));
        }
    }

    @Test
    public void largeFilesAreNotRead() throws Exception {
        int limit = 16 * 1024 * 1024;
        git.commitTree(
                "main",
                git.tree(
                        new Raw("huge.bin", FileMode.REGULAR_FILE, git.blob(new byte[limit + 1])),
                        new Raw("large.bin", FileMode.REGULAR_FILE, git.blob(new byte[limit]))));
        try (ConfigRepository repository = git.open()) {
            assertEquals(limit, repository.tree().read("large.bin").length);
            assertEquals(
                    "huge.bin: the file holds 16,777,217 bytes, more than the 16 MiB that are read;"
                            + " keep large files out of the folder",
                    problemsOf(() -> repository.tree().read("huge.bin")));
        }
    }

    @Test
    public void treesThatNoClientWritesAreRefused() throws Exception {
        ObjectId blob = git.blob("x");
        for (String name : new String[] {"..", ".git", ".GIT", "a/b"}) {
            git.commitTree("main", git.tree(new Raw(name, FileMode.REGULAR_FILE, blob)));
            try (ConfigRepository repository = git.open()) {
                assertEquals(
                        "The repository holds an entry named \"" + name
                                + "\", which no Git client writes; check the repository with git fsck",
                        problemsOf(() -> repository.tree().files("")));
            }
        }
    }

    @Test
    public void foldersInFoldersWithoutEndAreRefused() throws Exception {
        git.startPack();
        ObjectId tree = git.tree(new Raw("x.yaml", FileMode.REGULAR_FILE, git.blob("x")));
        for (int i = 0; i < 20_000; i++) {
            tree = git.tree(new Raw("d", FileMode.TREE, tree));
        }
        git.commitTree("main", tree);
        try (ConfigRepository repository = git.open()) {
            assertEquals(
                    "The repository holds folders nested more than 200 deep; name a smaller folder",
                    problemsOf(() -> repository.tree().files("")));
        }
    }

    @Test
    public void aDamagedRepositoryIsSaid() throws Exception {
        ObjectId gone = ObjectId.fromString("0123456789abcdef0123456789abcdef01234567");
        git.commitTree("main", git.tree(new Raw("x.yaml", FileMode.REGULAR_FILE, gone)));
        try (ConfigRepository repository = git.open()) {
            assertEquals(
                    "The Git repository of \"" + git.folder + "\" is damaged: Missing blob " + gone.name()
                            + "; check it with git fsck, or clone it again",
                    problemsOf(() -> repository.tree().read("x.yaml")));
        }
    }

    @Test
    public void manyFilesAreReadFastAndByManyThreads() throws Exception {
        int folders = 200;
        int each = 100;
        List<Raw> top = new ArrayList<>();
        git.startPack();
        for (int folder = 0; folder < folders; folder++) {
            List<Raw> entries = new ArrayList<>();
            for (int file = 0; file < each; file++) {
                ObjectId blob = git.blob("kind: ConfigMap # " + folder + "/" + file + "\n");
                entries.add(new Raw(String.format("f%03d.yaml", file), FileMode.REGULAR_FILE, blob));
            }
            top.add(new Raw(String.format("d%03d", folder), FileMode.TREE, git.tree(entries.toArray(new Raw[0]))));
        }
        git.commitTree("main", git.tree(top.toArray(new Raw[0])));

        long start = ProcessorTime.nanos();
        try (ConfigRepository repository = git.open()) {
            SourceTree tree = repository.tree();
            List<String> files = tree.files("");
            assertEquals(folders * each, files.size());
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<byte[]>> contents = new ArrayList<>();
            for (String file : files) {
                contents.add(threads.submit(() -> tree.read(file)));
            }
            for (int i = 0; i < files.size(); i++) {
                String expected = "kind: ConfigMap # " + i / each + "/" + i % each + "\n";
                assertArrayEquals(
                        expected.getBytes(StandardCharsets.UTF_8),
                        contents.get(i).get());
            }
            threads.shutdown();
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(ProcessorTime.nanos() - start);
        // It takes some seconds; what is quadratic takes minutes.
        assertTrue("20,000 files took " + seconds + " s of processor time", seconds < 60);
    }
}
