package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.tool.ToolFinder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** With commits that the git of this machine signs with keys of its gpg, whatever their versions. */
public class PgpSignatureIT {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private GitBinary git;
    private Path keyring;
    private Path repository;

    @Before
    public void init() throws Exception {
        GitBinary.assumeInstalled();
        boolean installed = ToolFinder.ofPath().find("gpg").isPresent();
        if (!installed) {
            System.out.println("Skipped: there is no gpg on this machine's PATH");
        }
        Assume.assumeTrue("there is no gpg on this machine's PATH", installed);
        // The path of the agent's socket must be short.
        keyring = Files.createTempDirectory(
                "gpg", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path program = keyring.resolve("gpg.sh");
        Files.writeString(
                program,
                "#!/bin/sh\nexec gpg --homedir '" + keyring + "' --batch --no-tty --pinentry-mode loopback"
                        + " --passphrase '' \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        git = new GitBinary(folder.newFolder("home").toPath());
        repository = folder.newFolder("repository").toPath();
        git.run(repository, "init", "--quiet", "--initial-branch=main");
        git.run(repository, "config", "gpg.program", program.toString());
    }

    @After
    public void endTheAgent() throws Exception {
        if (keyring != null) {
            run("gpgconf", "--homedir", keyring.toString(), "--kill", "all");
            try (var files = Files.walk(keyring)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Test
    public void aCommitOfATrustedSignerIsReadAndNoOther() throws Exception {
        for (String kind : List.of("ed25519", "rsa2048", "nistp256")) {
            gpg("--quick-generate-key", kind + " <" + kind + "@example.org>", kind, "sign,cert", "never");
            git.run(repository, "-c", "user.signingkey=" + kind + "@", "commit", "-qS", "--allow-empty", "-m", kind);
            open(gpg("--armor", "--export", kind + "@"));
        }
        String all = gpg("--armor", "--export");
        open(all);
        String head = git.run(repository, "rev-parse", "HEAD");
        String message = refused(gpg("--armor", "--export", "rsa2048@"));
        assertTrue(message, message.startsWith("Commit " + head + " is signed by the OpenPGP key "));
        git.run(repository, "commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "By nobody");
        assertEquals(
                "Commit " + git.run(repository, "rev-parse", "HEAD") + " is not signed; sign it: git commit -S",
                refused(all));
    }

    private void open(String signers) throws Exception {
        RepositoryPolicy policy =
                RepositoryPolicy.localAndRemote().withSigners(TrustedSigners.parse("signers", signers));
        RepositoryRequest request = new RepositoryRequest(repository.toString(), null, false, policy, null);
        ConfigRepository.open(request, folder.getRoot().toPath(), line -> {}).close();
    }

    private String refused(String signers) {
        return assertThrows(BadInputException.class, () -> open(signers)).getMessage();
    }

    private String gpg(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(keyring.resolve("gpg.sh").toString(), "--quiet"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path errors = folder.newFile().toPath();
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(String.join(" ", command) + ": " + Files.readString(errors), 0, process.waitFor());
        return output;
    }
}
