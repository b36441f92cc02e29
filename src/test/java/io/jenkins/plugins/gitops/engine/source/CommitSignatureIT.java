package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.tool.ToolFinder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** With commits that the real git signs with keys of the real ssh-keygen. */
public class CommitSignatureIT {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path repository;

    @Before
    public void init() throws Exception {
        boolean present = List.of("git", "ssh-keygen").stream()
                .allMatch(name -> ToolFinder.ofPath().find(name).isPresent());
        if (!present) {
            System.out.println("skipped: git and ssh-keygen are not both on the PATH");
        }
        assumeTrue("git and ssh-keygen are on the PATH", present);
        repository = folder.newFolder("repository").toPath();
        git("init", "--quiet", "--initial-branch=main");
        git("config", "user.name", "Test");
        git("config", "user.email", "test@example.org");
        git("config", "gpg.format", "ssh");
    }

    @Test
    public void everyKindOfKeyVerifies() throws Exception {
        for (String type : List.of("ed25519", "rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521")) {
            Path key = key(type, "somebody@" + type);
            for (int i = 0; i < 4; i++) {
                // The numbers of an ECDSA signature are not always of the same length.
                commit(key);
                open(Files.readString(publicKey(key)));
            }
        }
    }

    @Test
    public void onlyATrustedSignatureOfThisCommitCounts() throws Exception {
        Path key = key("ed25519", "somebody");
        Path other = key("ed25519", "other");
        commit(null);
        String unsigned = git("rev-parse", "HEAD");
        assertEquals(
                "Commit " + unsigned + " is not signed; sign it: git commit -S",
                refused(Files.readString(publicKey(key))));
        commit(other);
        String foreign = git("rev-parse", "HEAD");
        String fingerprint = run(
                        Map.of(), "ssh-keygen", "-l", "-f", publicKey(other).toString())
                .split(" ")[1];
        assertEquals(
                "Commit " + foreign + " is signed by " + fingerprint
                        + ", which is not one of the trusted signers; have a"
                        + " trusted signer sign it, or add that key to them",
                refused(Files.readString(publicKey(key))));
        open(Files.readString(publicKey(key)) + Files.readString(publicKey(other)));
    }

    @Test
    public void aChangedCommitIsRefused() throws Exception {
        Path key = key("ed25519", "somebody");
        commit(key);
        try (Repository opened =
                new FileRepositoryBuilder().setWorkTree(repository.toFile()).build()) {
            byte[] raw =
                    opened.open(opened.resolve("HEAD"), Constants.OBJ_COMMIT).getBytes();
            String text = new String(raw, java.nio.charset.StandardCharsets.ISO_8859_1);
            String changed = text.replace("A commit", "A c0mmit");
            assertTrue(!changed.equals(text));
            try (ObjectInserter inserter = opened.newObjectInserter()) {
                ObjectId id = inserter.insert(
                        Constants.OBJ_COMMIT, changed.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                inserter.flush();
                git("update-ref", "refs/heads/main", id.name());
                assertEquals(
                        "Commit " + id.name()
                                + " carries a signature of somebody that is not one of this commit; it was"
                                + " changed after it was signed, or the signature is damaged",
                        refused(Files.readString(publicKey(key))));
            }
        }
    }

    @Test
    public void theValidityInAllowedSignersCounts() throws Exception {
        Path key = key("ed25519", "somebody");
        commit(key);
        String line = Files.readString(publicKey(key)).replaceAll(" somebody\\s*$", "");
        open("me@example.org " + line);
        open("me@example.org namespaces=\"git\",valid-after=\"20200101\",valid-before=\"20990101Z\" " + line);
        String expired = refused("me@example.org valid-before=\"20200101\" " + line);
        assertTrue(expired, expired.contains(" is signed by me@example.org, whose key was not valid at "));
        assertThrows(BadInputException.class, () -> TrustedSigners.parse("f", "* cert-authority " + line));
        assertThrows(BadInputException.class, () -> TrustedSigners.parse("f", "-----BEGIN PGP PUBLIC KEY BLOCK-----"));
        assertThrows(BadInputException.class, () -> TrustedSigners.parse("f", "# nothing"));
    }

    @Test
    public void theWorkingTreeIsNotSigned() throws Exception {
        Path key = key("ed25519", "somebody");
        commit(key);
        TrustedSigners signers = TrustedSigners.parse("f", Files.readString(publicKey(key)));
        RepositoryRequest request = new RepositoryRequest(
                repository.toString(),
                null,
                true,
                RepositoryPolicy.localAndRemote().withSigners(signers),
                null);
        assertThrows(
                BadInputException.class,
                () -> ConfigRepository.open(request, folder.getRoot().toPath(), line -> {}));
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

    private Path key(String type, String comment) throws Exception {
        Path key = folder.newFolder().toPath().resolve("key");
        String[] parts = type.split("-");
        List<String> command = new ArrayList<>(
                List.of("ssh-keygen", "-q", "-N", "", "-C", comment, "-t", parts[0], "-f", key.toString()));
        if (parts.length > 1) {
            command.addAll(List.of("-b", parts[1]));
        }
        run(Map.of(), command.toArray(String[]::new));
        return key;
    }

    private static Path publicKey(Path key) {
        return key.resolveSibling("key.pub");
    }

    private void commit(Path key) throws Exception {
        List<String> command = new ArrayList<>();
        if (key != null) {
            command.addAll(List.of("-c", "user.signingkey=" + key));
        }
        command.addAll(List.of("commit", "--quiet", "--allow-empty", "-m", "A commit\n\nWith a body: \u00e9\n"));
        command.add(key == null ? "--no-gpg-sign" : "-S");
        git(command.toArray(String[]::new));
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        return run(Map.of("GIT_CONFIG_GLOBAL", "/dev/null"), command.toArray(String[]::new));
    }

    private String run(Map<String, String> environment, String... command) throws Exception {
        File output = folder.newFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        String text = Files.readString(output.toPath()).strip();
        assertEquals(String.join(" ", command) + ": " + text, 0, exit);
        return text;
    }
}
