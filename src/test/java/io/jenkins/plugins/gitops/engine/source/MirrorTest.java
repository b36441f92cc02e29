package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static io.jenkins.plugins.gitops.engine.source.GitFixture.text;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.disk.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is fetched of a remote repository, and what becomes of the mirror. */
public class MirrorTest {
    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    private Path cache;
    private GitFixture origin;
    private GitServer server;
    private String url;
    private RevCommit first;

    @Before
    public void init() throws Exception {
        Path root = temporary.getRoot().toPath();
        cache = root.resolve("cache");
        origin = GitFixture.init(root.resolve("served/config"));
        server = GitServer.http(root.resolve("served"));
        url = server.url("localhost", "config");
        first = origin.write("a.yaml", "a: 1\n").commit("first");
    }

    @After
    public void close() {
        server.close();
        origin.close();
    }

    @Test
    public void theRemotesHeadIsFetchedAndFollowed() throws Exception {
        try (ConfigRepository repository = open(null)) {
            assertEquals("main", repository.revision().ref());
            assertEquals(first.name(), repository.revision().commit());
            assertEquals("a: 1\n", text(repository.tree(), "a.yaml"));
            assertEquals(url, repository.displayUrl());
            assertEquals("", repository.subfolder());
            assertEquals(List.of(), repository.uncommitted());
        }
        assertEquals(List.of("Fetching " + url + " for the first time"), progress);
        server.requests();

        assertRevision(first, "main", null);
        assertEquals("nothing new costs one listing", 2, server.requests().size());

        RevCommit second = origin.write("a.yaml", "a: 2\n").commit("second");
        assertRevision(second, "main", null);

        origin.git.checkout().setCreateBranch(true).setName("trunk").call();
        RevCommit third = origin.write("a.yaml", "a: 3\n").commit("third");
        assertRevision(third, "trunk", null);

        origin.git.checkout().setName(first.name()).call();
        assertRevision(first, null, null);
        RevCommit loose = origin.write("a.yaml", "a: 4\n").commit("on no branch");
        assertRevision(loose, null, null);
        assertRevision(loose, null, "HEAD");
        assertRevision(first, null, "HEAD~1");
    }

    @Test
    public void branchesTagsAndCommitsAreFetched() throws Exception {
        origin.git
                .tag()
                .setName("v1")
                .setAnnotated(true)
                .setMessage("one")
                .setSigned(false)
                .call();
        RevCommit second = origin.write("a.yaml", "a: 2\n").commit("second");
        assertRevision(first, "v1", "v1");
        assertRevision(second, "main", "main");
        assertRevision(second, "main", "origin/main");
        assertRevision(second, "main", "refs/remotes/origin/main");
        assertRevision(second, "main", "refs/heads/main");
        assertRevision(first, null, first.name().substring(0, 9));
        assertRevision(first, null, "main~1");
        assertEquals(
                url + " has no branch, tag or commit \"mian\"; did you mean \"main\"?", problemsOf(() -> open("mian")));
        String unknown = "0123456789abcdef0123456789abcdef01234567";
        assertEquals(
                url + " has no branch, tag or commit \"" + unknown + "\"; it has main, v1",
                problemsOf(() -> open(unknown)));
    }

    @Test
    public void aCommitThatIsThereNeedsNoNetwork() throws Exception {
        open("main").close();
        server.requests();
        assertRevision(first, null, first.name());
        assertEquals(List.of(), server.requests());
    }

    @Test
    public void aCommitThatNoBranchHoldsIsAskedForByItsHash() throws Exception {
        RevCommit second = origin.write("a.yaml", "a: 2\n").commit("second");
        move("refs/heads/main", first);
        open("main").close();
        assertRevision(second, null, second.name());
        server.answering(GitServer.status(500));
        assertRevision(second, null, second.name());
    }

    @Test
    public void aRefThatIsNeitherBranchNorTagIsFetchedByItsFullName() throws Exception {
        RevCommit second = origin.write("a.yaml", "a: 2\n").commit("second");
        move("refs/heads/main", first);
        move("refs/pull/7/head", second);
        assertRevision(second, "refs/pull/7/head", "refs/pull/7/head");
        move("refs/pull/7/head", first);
        assertRevision(first, "refs/pull/7/head", "refs/pull/7/head");
        RefUpdate drop = origin.repository().updateRef("refs/pull/7/head");
        drop.setForceUpdate(true);
        drop.delete();
        assertEquals(
                url + " has no branch, tag or commit \"refs/pull/7/head\"; it has main",
                problemsOf(() -> open("refs/pull/7/head")));
    }

    @Test
    public void whatTheRemoteRemovesOrRewritesIsFollowed() throws Exception {
        origin.git.branchCreate().setName("team").call();
        origin.git.tag().setName("moving").setAnnotated(false).call();
        open("team").close();

        origin.git.branchDelete().setBranchNames("team").setForce(true).call();
        origin.git.branchCreate().setName("team/a").call();
        RevCommit second = origin.write("a.yaml", "a: 2\n").commit("second");
        origin.git
                .tag()
                .setName("moving")
                .setAnnotated(false)
                .setForceUpdate(true)
                .call();
        assertRevision(first, "team/a", "team/a");
        assertRevision(second, "moving", "moving");
        assertEquals(
                url + " has no branch, tag or commit \"team\"; did you mean \"team/a\"?",
                problemsOf(() -> open("team")));

        ObjectId rewritten = origin.commitTree("main", second.getTree());
        try (ConfigRepository repository = open("main")) {
            assertEquals(rewritten.name(), repository.revision().commit());
        }
    }

    @Test
    public void aRemoteWithoutCommitsIsSaid() throws Exception {
        GitFixture empty = GitFixture.init(temporary.getRoot().toPath().resolve("served/empty"));
        String emptyUrl = server.url("localhost", "empty");
        assertEquals(
                emptyUrl + " has no commits yet; commit the manifests and push them",
                problemsOf(() -> open(emptyUrl, null)));
        assertEquals(
                emptyUrl + " has no branch, tag or commit \"main\"; it has no branches",
                problemsOf(() -> open(emptyUrl, "main")));
        empty.write("x.yaml", "").commit("first");
        open(emptyUrl, "main").close();
        empty.close();

        origin.repository().updateRef("HEAD").link("refs/heads/unborn");
        assertEquals(
                "HEAD of " + url + " is a branch without commits; name a revision, such as \"main\"",
                problemsOf(() -> open(null)));
    }

    @Test
    public void whatIsDamagedIsFetchedAnew() throws Exception {
        for (String damage : List.of("config", "HEAD", "refs", "objects", "truncated", "marked")) {
            open("main").close();
            progress.clear();
            damage(damage);
            assertRevision(first, "main", "main");
            try (ConfigRepository repository = open("main")) {
                assertEquals(damage, "a: 1\n", text(repository.tree(), "a.yaml"));
            }
            // Without HEAD or refs, all that is missing is what each fetch writes anyway.
            boolean again = progress.contains("Fetching " + url + " for the first time");
            assertEquals(damage + ": " + progress, !List.of("HEAD", "refs").contains(damage), again);
            assertEquals(damage, List.of(), leftovers());
        }
    }

    @Test
    public void damageThatIsFoundWhileReadingIsMendedTheNextTime() throws Exception {
        open("main").close();
        String halfThere;
        try (Repository mirror =
                        new FileRepositoryBuilder().setGitDir(mirror().toFile()).build();
                ObjectInserter inserter = mirror.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            TreeFormatter tree = new TreeFormatter();
            tree.append("apps", FileMode.TREE, ObjectId.fromString("0123456789abcdef0123456789abcdef01234567"));
            commit.setTreeId(inserter.insert(tree));
            commit.setAuthor(first.getAuthorIdent());
            commit.setCommitter(first.getCommitterIdent());
            halfThere = inserter.insert(commit).name();
            inserter.flush();
        }
        try (ConfigRepository repository = open(halfThere)) {
            assertEquals(
                    "The cached copy of " + url + " is damaged and will be fetched anew: run this again",
                    assertThrows(IOException.class, () -> repository.tree().files(""))
                            .getMessage());
        }
        assertEquals(
                url + " has no branch, tag or commit \"" + halfThere + "\"; it has main",
                problemsOf(() -> open(halfThere)));
        assertRevision(first, "main", "main");
    }

    @Test
    public void whatAKilledProcessLeftIsClearedAway() throws Exception {
        open("main").close();
        Path mirror = mirror();
        for (String file : List.of("HEAD.lock", "refs/heads/main.lock", "packed-refs.lock", "config.lock")) {
            Files.writeString(mirror.resolve(file), "");
        }
        Files.writeString(mirror.resolve("objects/pack/incoming_123.pack"), "half");
        Files.createDirectories(cache.resolve(mirror.getFileName() + ".new123/objects"));
        RevCommit second = origin.write("a.yaml", "a: 2\n").commit("second");
        assertRevision(second, "main", "main");
        assertEquals(List.of(), leftovers());
    }

    @Test
    public void aFailedFirstFetchLeavesNothing() throws Exception {
        server.answering(GitServer.status(500));
        problemsOf(() -> open(null));
        assertEquals(List.of(), leftovers());
        try (Stream<Path> files = Files.list(cache)) {
            assertEquals(
                    1, files.filter(file -> file.toString().endsWith(".lock")).count());
        }
        server.answering(exchange -> false);
        assertRevision(first, "main", null);
    }

    @Test
    public void manyPacksArePutTogether() throws Exception {
        open("main").close();
        Files.writeString(mirror().resolve("config"), "[gc]\n\tautopacklimit = 5\n", StandardOpenOption.APPEND);
        for (int i = 0; i < 12; i++) {
            // Packs of the last hour are kept, for who may be reading them.
            for (Path pack : files(mirror().resolve("objects/pack"))) {
                Files.setLastModifiedTime(pack, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            }
            origin.write("a.yaml", "a: " + i + "\n").commit("commit " + i);
            open("main").close();
        }
        long packs = files(mirror().resolve("objects/pack")).stream()
                .filter(file -> file.toString().endsWith(".pack"))
                .count();
        assertTrue(packs + " packs", packs <= 7);
        try (ConfigRepository repository = open("main")) {
            assertEquals("a: 11\n", text(repository.tree(), "a.yaml"));
            assertEquals(List.of(), leftovers());
        }
    }

    @Test
    public void severalFetchesOfOneUrlWaitForEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Callable<String>> tasks = Collections.nCopies(6, () -> {
            try (ConfigRepository repository = open("main")) {
                return text(repository.tree(), "a.yaml");
            }
        });
        for (Future<String> result : threads.invokeAll(tasks)) {
            assertEquals("a: 1\n", result.get());
        }
        threads.shutdown();
        assertEquals(
                1,
                progress.stream().filter(line -> line.startsWith("Fetching ")).count());
        assertTrue(progress.contains("Waiting for another fetch of the same repository"));
        assertEquals(List.of(), leftovers());
    }

    @Test
    public void everyUrlHasItsOwnMirrorThatOnlyItsOwnerMayRead() throws Exception {
        open(url, null).close();
        open(url + "/", null).close();
        open(server.url("127.0.0.1", "config"), null).close();
        try (Stream<Path> files = Files.list(cache)) {
            List<Path> mirrors = files.filter(Files::isDirectory).collect(Collectors.toList());
            assertEquals(mirrors.toString(), 3, mirrors.size());
            for (Path mirror : mirrors) {
                assertTrue(mirror.toString(), mirror.getFileName().toString().matches("config-[0-9a-f]{16}\\.git"));
            }
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
        assertFalse(Files.exists(mirror().resolve("hooks/post-checkout")));
    }

    private void damage(String how) throws IOException {
        Path mirror = mirror();
        switch (how) {
            case "config" -> Files.writeString(mirror.resolve("config"), "[core\nnot a config");
            case "HEAD" -> Files.delete(mirror.resolve("HEAD"));
            case "refs" -> Folders.delete(mirror.resolve("refs"));
            case "marked" -> Files.writeString(mirror.resolve("gitops-damaged"), "");
            default -> {
                for (Path pack : files(mirror.resolve("objects"))) {
                    byte[] content = Files.readAllBytes(pack);
                    Files.delete(pack);
                    if (how.equals("truncated")) {
                        Files.write(pack, Arrays.copyOf(content, 40));
                    }
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toList());
        }
    }

    private Path mirror() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    /** Everything in the cache that is neither a mirror, nor its lock, nor a file that Git keeps. */
    private List<String> leftovers() {
        return GitFixture.everythingBelow(cache).stream()
                .filter(file -> file.matches("[^/]*\\.new.*|.*/.*\\.lock|.*/incoming_.*|.*/\\.probe.*"))
                .collect(Collectors.toList());
    }

    private void move(String ref, ObjectId commit) throws IOException {
        RefUpdate update = origin.repository().updateRef(ref);
        update.setNewObjectId(commit);
        update.forceUpdate();
    }

    private void assertRevision(RevCommit commit, String ref, String asked) throws Exception {
        try (ConfigRepository repository = open(asked)) {
            assertEquals(asked, commit.name(), repository.revision().commit());
            assertEquals(asked, ref, repository.revision().ref());
        }
    }

    private ConfigRepository open(String revision) throws Exception {
        return open(url, revision);
    }

    private ConfigRepository open(String repo, String revision) throws Exception {
        return ConfigRepository.open(
                new RepositoryRequest(repo, revision, false, RepositoryPolicy.remoteOnly(), null),
                cache,
                progress::add);
    }
}
