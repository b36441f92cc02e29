package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the author of a commit may write into a repository: none of it runs, and none of it changes what is read. */
public class HostileRepositoryTest {

    private static final PersonIdent SOMEBODY = new PersonIdent("Test", "test@example.org");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path directory;
    private Repository repository;

    @Before
    public void init() throws Exception {
        directory = folder.newFolder("hostile.git").toPath();
        repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
        repository.create(true);
    }

    @After
    public void close() {
        repository.close();
    }

    @Test
    public void attributesChangeNothingAndRunNothing() throws Exception {
        Path ran = folder.getRoot().toPath().resolve("ran");
        var config = repository.getConfig();
        config.setString("filter", "evil", "smudge", "touch " + ran);
        config.setString("filter", "evil", "process", "touch " + ran);
        config.setString("diff", "evil", "textconv", "touch " + ran);
        config.save();
        byte[] content = "a: $Id$\r\nb: \u00e9\n".getBytes(StandardCharsets.UTF_8);
        commit(
                file(
                        ".gitattributes",
                        "* filter=evil diff=evil ident eol=crlf working-tree-encoding=UTF-16 export-subst"
                                + " export-ignore\n"),
                file("a.yaml", content));
        try (ConfigRepository opened = open()) {
            assertEquals(List.of(".gitattributes", "a.yaml"), opened.tree().files(""));
            assertArrayEquals(content, opened.tree().read("a.yaml"));
            Path scratch = folder.newFolder("scratch").toPath();
            opened.tree().exportTo(scratch, "");
            assertArrayEquals(content, Files.readAllBytes(scratch.resolve("a.yaml")));
        }
        assertFalse(Files.exists(ran));
    }

    @Test
    public void submodulesAreNeverFetched() throws Exception {
        for (String url : List.of("ext::sh -c touch% ran", "file:///etc", "-u./payload", "../../other")) {
            commit(
                    file(".gitmodules", "[submodule \"../../hooks\"]\n\tpath = app/sub\n\turl = " + url + "\n"),
                    file("app/a.yaml", "a: 1\n"),
                    new Entry("app/sub", FileMode.GITLINK, ObjectId.fromString("1".repeat(40))));
            try (ConfigRepository opened = open()) {
                BadInputException refused = assertThrows(
                        BadInputException.class, () -> opened.tree().files("app"));
                assertTrue(refused.getMessage(), refused.getMessage().contains("submodule"));
            }
        }
    }

    @Test
    public void namesThatClashOnSomeDisksAreTwoFilesHere() throws Exception {
        commit(file("app/A.yaml", "a: 1\n"), file("app/a.yaml", "a: 2\n"), file("App/a.yaml", "a: 3\n"));
        try (ConfigRepository opened = open()) {
            assertEquals(List.of("app/A.yaml", "app/a.yaml"), opened.tree().files("app"));
            assertEquals("a: 1\n", new String(opened.tree().read("app/A.yaml"), StandardCharsets.UTF_8));
            assertEquals("a: 2\n", new String(opened.tree().read("app/a.yaml"), StandardCharsets.UTF_8));
        }
    }

    @Test
    public void namesThatLeadElsewhereAreRefused() throws Exception {
        for (String name : List.of("..", ".git", ".", "a/b", ".GIT")) {
            ObjectId blob = blob("a: 1\n".getBytes(StandardCharsets.UTF_8));
            TreeFormatter tree = new TreeFormatter();
            byte[] raw = name.getBytes(StandardCharsets.UTF_8);
            tree.append(raw, 0, raw.length, FileMode.REGULAR_FILE, blob, true);
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                commit(inserter.insert(tree));
                inserter.flush();
            }
            try (ConfigRepository opened = open()) {
                Path scratch = folder.newFolder().toPath();
                assertThrows(name, BadInputException.class, () -> {
                    opened.tree().files("");
                    opened.tree().exportTo(scratch, "");
                });
                try (var written = Files.list(scratch)) {
                    assertEquals(name, 0, written.count());
                }
            }
        }
    }

    @Test
    public void aPointerOfLfsIsNoManifest() throws Exception {
        commit(file(
                "app/a.yaml",
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a".repeat(64) + "\nsize 12345\n"));
        try (ConfigRepository opened = open()) {
            BadInputException refused =
                    assertThrows(BadInputException.class, () -> opened.tree().read("app/a.yaml"));
            assertTrue(refused.getMessage(), refused.getMessage().contains("LFS"));
        }
    }

    private ConfigRepository open() throws Exception {
        RepositoryRequest request =
                new RepositoryRequest(directory.toString(), null, false, RepositoryPolicy.localAndRemote(), null);
        return ConfigRepository.open(request, folder.getRoot().toPath(), line -> {});
    }

    private record Entry(String path, FileMode mode, ObjectId id) {}

    private Entry file(String path, String content) throws Exception {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private Entry file(String path, byte[] content) throws Exception {
        return new Entry(path, FileMode.REGULAR_FILE, blob(content));
    }

    private ObjectId blob(byte[] content) throws Exception {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
            inserter.flush();
            return id;
        }
    }

    private void commit(Entry... entries) throws Exception {
        DirCache index = DirCache.newInCore();
        var builder = index.builder();
        for (Entry entry : entries) {
            var added = new org.eclipse.jgit.dircache.DirCacheEntry(entry.path());
            added.setFileMode(entry.mode());
            added.setObjectId(entry.id());
            builder.add(added);
        }
        builder.finish();
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = index.writeTree(inserter);
            inserter.flush();
            commit(tree);
        }
    }

    private void commit(ObjectId tree) throws Exception {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(SOMEBODY);
        commit.setCommitter(SOMEBODY);
        commit.setMessage("Anything");
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef(Constants.HEAD);
            update.setNewObjectId(id);
            update.forceUpdate();
        }
    }
}
