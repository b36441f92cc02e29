package io.jenkins.plugins.gitops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** The demo's config repository: two small apps and three commits of history. */
final class DemoRepository {

    private static final PersonIdent DEMO = new PersonIdent("Demo", "demo@example.org");

    private final Path directory;

    private DemoRepository(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Makes it anew, in place of what an earlier demo left there. */
    static DemoRepository create(Path directory) throws IOException {
        DemoRepository demo = new DemoRepository(directory);
        deleteTree(directory);
        Files.createDirectories(directory);
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()) {
            demo.copy("shop/namespace.yaml");
            demo.copy("shop/web.yaml");
            demo.commit(git, "Run the shop with two web servers");
            demo.copy("guestbook/guestbook.yaml");
            demo.commit(git, "Add the guestbook");
            Path web = directory.resolve("apps/shop/web.yaml");
            Files.writeString(web, Files.readString(web).replace("web:1.4.0", "web:1.4.1"));
            demo.commit(git, "Release web 1.4.1");
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
        return demo;
    }

    void removeGuestbook() throws IOException {
        try (Git git = Git.open(directory.toFile())) {
            git.rm().addFilepattern("apps/guestbook/guestbook.yaml").call();
            commit(git, "Retire the guestbook");
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    /** One line per commit, the newest first. */
    List<String> log() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Git git = Git.open(directory.toFile())) {
            for (RevCommit commit : git.log().call()) {
                lines.add(commit.abbreviate(8).name() + " " + commit.getShortMessage());
            }
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
        return lines;
    }

    private void copy(String name) throws IOException {
        Path target = directory.resolve("apps").resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream in = DemoRepository.class.getResourceAsStream("demo/" + name)) {
            Files.writeString(target, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void commit(Git git, String message) throws GitAPIException {
        git.add().addFilepattern("apps").call();
        git.commit()
                .setMessage(message)
                .setAuthor(DEMO)
                .setCommitter(DEMO)
                .setSign(false)
                .call();
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
