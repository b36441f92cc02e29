package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.disk.Folders;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.RevisionResolver.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A bare copy of a remote repository in the cache directory, brought up to date each time. Other processes may use the
 * same cache. A copy that is damaged is fetched anew; one that is half-made is never seen under its name.
 */
final class Mirror {
    private static final String DAMAGED = "gitops-damaged";
    private static final int HASH_DIGITS = 16;

    private final RepositoryUrl url;
    private final Path cache;
    private final String name;
    private final Remote remote;
    private final Consumer<String> progress;

    Mirror(RepositoryUrl url, Path cache, Remote remote, Consumer<String> progress) {
        this.url = url;
        this.cache = cache;
        this.name = name(url);
        this.remote = remote;
        this.progress = progress;
    }

    /**
     * A mirror that is up to date, and the revision in it.
     *
     * @param repository to be closed by whoever asked for it
     */
    record Opened(Repository repository, Found found) {}

    /**
     * Brings the mirror up to date and finds the revision. A full commit that is already there needs no network.
     *
     * @param revision {@code null} for HEAD
     */
    Opened open(String revision) throws BadInputException, IOException, InterruptedException {
        Folders.create(cache);
        MirrorLock lock = MirrorLock.acquire(cache.resolve(name + ".lock"), progress);
        return Abortable.call(
                () -> {
                    try (lock) {
                        return openLocked(revision);
                    }
                },
                remote::cancel,
                opened -> opened.repository().close());
    }

    /** Throws what an object that should be in the mirror and is not means; the next time it is fetched anew. */
    void explainMissing(IOException cause) throws IOException {
        Files.write(folder().resolve(DAMAGED), new byte[0]);
        throw new IOException(
                "The cached copy of " + url.display() + " is damaged and will be fetched anew: run this again", cause);
    }

    private Opened openLocked(String revision) throws BadInputException, IOException {
        removeLeftovers();
        Repository existing = openExisting();
        if (existing != null) {
            try {
                if (!isThere(existing, revision)) {
                    remote.fetchInto(existing, revision);
                }
                return found(existing, revision);
            } catch (BadInputException e) {
                existing.close();
                throw e;
            } catch (IOException | RuntimeException e) {
                existing.close();
                if (remote.isCancelled()) {
                    throw e;
                }
                progress.accept("The cached copy of " + url.display() + " is damaged");
            }
        }
        fetchAnew(revision);
        Repository fresh = build(folder());
        try {
            return found(fresh, revision);
        } catch (BadInputException | IOException | RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    private Opened found(Repository repository, String revision) throws BadInputException, IOException {
        Found found = new RevisionResolver(repository, url.display(), true).resolve(revision);
        repository.open(found.commit().getTree(), Constants.OBJ_TREE);
        return new Opened(repository, found);
    }

    private Repository openExisting() {
        if (!Files.isDirectory(folder()) || Files.exists(folder().resolve(DAMAGED))) {
            return null;
        }
        try {
            return build(folder());
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private void fetchAnew(String revision) throws BadInputException, IOException {
        progress.accept("Fetching " + url.display() + " for the first time");
        Path fresh = Files.createTempDirectory(cache, name + ".new");
        try {
            try (Repository repository = new FileRepositoryBuilder()
                    .setGitDir(fresh.toFile())
                    .setBare()
                    .build()) {
                repository.create(true);
                configure(repository.getConfig());
                remote.fetchInto(repository, revision);
            }
            Folders.delete(folder());
            Files.move(fresh, folder(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(fresh);
        }
    }

    private static void configure(StoredConfig config) throws IOException {
        // Every fetch adds a pack. They are put together now and then, here and now, as the lock is held here and now.
        config.setInt("gc", null, "auto", 6700);
        config.setInt("gc", null, "autopacklimit", 50);
        config.setBoolean("gc", null, "autodetach", false);
        config.save();
    }

    /** Locks and temporary files of a process that was killed: whoever holds the mirror's lock knows that they are stale. */
    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> halfMade = Files.newDirectoryStream(cache, name + ".new*")) {
            for (Path folder : halfMade) {
                Folders.delete(folder);
            }
        }
        if (!Files.isDirectory(folder())) {
            return;
        }
        List<Path> stale;
        try (Stream<Path> files = Files.walk(folder())) {
            stale = files.filter(Files::isRegularFile)
                    .filter(Mirror::isLeftover)
                    .toList();
        }
        for (Path file : stale) {
            Files.delete(file);
        }
    }

    private static boolean isLeftover(Path file) {
        String fileName = file.getFileName().toString();
        return fileName.endsWith(".lock") || fileName.startsWith("incoming_") || fileName.startsWith("gc_");
    }

    private static boolean isThere(Repository repository, String revision) throws IOException {
        return revision != null
                && ObjectId.isId(revision)
                && repository.getObjectDatabase().has(ObjectId.fromString(revision));
    }

    private Path folder() {
        return cache.resolve(name);
    }

    private static Repository build(Path folder) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setBare()
                .setMustExist(true)
                .build();
    }

    /** Readable for who looks into the cache, and different for every URL. */
    private static String name(RepositoryUrl url) {
        String path = url.uri().getPath().replaceAll("/+$", "");
        String last = path.substring(path.lastIndexOf('/') + 1).replace(Constants.DOT_GIT_EXT, "");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(url.uri().toString().getBytes(StandardCharsets.UTF_8));
            String digits = HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
            return last.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + digits + Constants.DOT_GIT_EXT;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
