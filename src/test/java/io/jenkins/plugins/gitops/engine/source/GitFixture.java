package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertThrows;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.function.ThrowingRunnable;

/** A real repository with a working tree, and ways to put into it what a careful Git client would not. */
final class GitFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final PersonIdent PERSON = new PersonIdent("Ada", "ada@example.com", NOW, ZoneOffset.UTC);

    final Path folder;
    final Git git;

    private PackInserter pack;

    private GitFixture(Path folder, Git git) {
        this.folder = folder;
        this.git = git;
    }

    static GitFixture init(Path folder) throws Exception {
        return new GitFixture(
                folder,
                Git.init()
                        .setDirectory(folder.toFile())
                        .setInitialBranch("main")
                        .call());
    }

    GitFixture write(String path, String content) throws IOException {
        return write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    GitFixture write(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    GitFixture link(String path, String target) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of(target));
        return this;
    }

    /** Commits the working tree as it stands. */
    RevCommit commit(String message) throws Exception {
        git.add().addFilepattern(".").call();
        git.add().addFilepattern(".").setUpdate(true).call();
        return git.commit()
                .setMessage(message)
                .setAuthor(PERSON)
                .setCommitter(PERSON)
                .setSign(false)
                .call();
    }

    /** From here to the next {@link #commitTree}, objects go into one pack, which is quick for thousands of them. */
    GitFixture startPack() {
        pack = ((FileRepository) repository()).getObjectDatabase().newPackInserter();
        return this;
    }

    private void endPack() throws IOException {
        if (pack != null) {
            pack.flush();
            pack.close();
            pack = null;
        }
    }

    private ObjectInserter objects() {
        return pack == null ? repository().newObjectInserter() : pack;
    }

    /** One entry of a tree that is written object by object. */
    record Raw(String name, FileMode mode, ObjectId id) {}

    ObjectId blob(String content) throws IOException {
        return blob(content.getBytes(StandardCharsets.UTF_8));
    }

    ObjectId blob(byte[] content) throws IOException {
        ObjectId id = objects().insert(Constants.OBJ_BLOB, content);
        return id;
    }

    /** A tree with these entries, in this order, whatever their names. */
    ObjectId tree(Raw... entries) throws IOException {
        TreeFormatter formatter = new TreeFormatter();
        for (Raw entry : entries) {
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            formatter.append(name, 0, name.length, entry.mode(), entry.id(), true);
        }
        ObjectId id = objects().insert(formatter);
        return id;
    }

    /** Makes the tree the content of a branch, in a commit without parents. */
    ObjectId commitTree(String branch, ObjectId tree) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(PERSON);
        commit.setCommitter(PERSON);
        commit.setMessage("raw");
        endPack();
        try (ObjectInserter inserter = repository().newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository().updateRef(Constants.R_HEADS + branch);
            update.setNewObjectId(id);
            update.forceUpdate();
            return id;
        }
    }

    Repository repository() {
        return git.getRepository();
    }

    ConfigRepository open() throws Exception {
        return open(null, false);
    }

    ConfigRepository open(String revision) throws Exception {
        return open(revision, false);
    }

    ConfigRepository openWorkingTree() throws Exception {
        return open(null, true);
    }

    ConfigRepository open(String revision, boolean workingTree) throws Exception {
        return openLocal(folder.toString(), revision, workingTree);
    }

    static ConfigRepository openLocal(String repo, String revision, boolean workingTree) throws Exception {
        return ConfigRepository.open(
                new RepositoryRequest(repo, revision, workingTree, RepositoryPolicy.localAndRemote(), null),
                Path.of("no-cache-is-needed"),
                line -> {});
    }

    /** The problems of a call that must fail, one per line. */
    static String problemsOf(ThrowingRunnable call) {
        return assertThrows(BadInputException.class, call).getMessage();
    }

    static String text(SourceTree tree, String file) throws Exception {
        return new String(tree.read(file), StandardCharsets.UTF_8);
    }

    /** What is below a folder, for a test that nothing is left behind; it may be disappearing at this moment. */
    static List<String> everythingBelow(Path folder) {
        List<String> found = new ArrayList<>();
        collect(folder, folder, found);
        Collections.sort(found);
        return found;
    }

    private static void collect(Path top, Path folder, List<String> found) {
        String[] names = folder.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            Path file = folder.resolve(name);
            found.add(top.relativize(file).toString());
            if (!Files.isSymbolicLink(file)) {
                collect(top, file, found);
            }
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
