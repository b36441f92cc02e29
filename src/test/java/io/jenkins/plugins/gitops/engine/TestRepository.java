package io.jenkins.plugins.gitops.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A config repository in a temporary folder. */
public final class TestRepository {

    private static final PersonIdent SOMEBODY = new PersonIdent("Test", "test@example.org");

    private final Path directory;

    public TestRepository(Path directory) throws IOException {
        this.directory = directory;
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()) {
            git.getRepository().getConfig().setBoolean("commit", null, "gpgsign", false);
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    public TestRepository write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    public TestRepository copy(Path folder, String into) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                write(into + "/" + folder.relativize(file), Files.readString(file));
            }
        }
        return this;
    }

    public TestRepository delete(String file) throws IOException {
        Files.delete(directory.resolve(file));
        return this;
    }

    /** Commits everything as it stands and returns the commit's hash. */
    public String commit(String message) throws IOException {
        try (Git git = Git.open(directory.toFile())) {
            git.add().addFilepattern(".").call();
            git.add().addFilepattern(".").setUpdate(true).call();
            return git.commit()
                    .setMessage(message)
                    .setAuthor(SOMEBODY)
                    .setCommitter(SOMEBODY)
                    .setSign(false)
                    .call()
                    .name();
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }
}
