package io.jenkins.plugins.gitops.engine.cluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A kubeconfig is data: it is read, never acted on, and what it says of secrets stays in it. */
public class KubeconfigTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static String config(String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: dev
                contexts:
                  - {name: dev, context: {cluster: c, user: u, namespace: team}}
                  - {name: prod, context: {cluster: missing, user: u}}
                clusters:
                  - {name: c, cluster: {server: "https://127.0.0.1:6443/"}}
                users:
                  - {name: u, user: %s}
                """
                .formatted(user);
    }

    @Test
    public void theCurrentContextIsTaken() throws Exception {
        ClusterAccess access =
                Kubeconfig.parse("test", config("{token: t0ken}")).access(null);
        assertEquals("https://127.0.0.1:6443", access.server());
        assertEquals("team", access.namespace());
        assertEquals("t0ken", access.token());
        assertFalse(access.insecureSkipTlsVerify());
    }

    @Test
    public void whatWouldRunAProgramOrReadAFileIsRefused() {
        assertRefused(
                "{exec: {command: aws}}",
                "test: user u wants to run a program (exec), which is refused; give it a token or a client certificate"
                        + " instead, such as the token of a service account");
        assertRefused(
                "{auth-provider: {name: gcp}}",
                "test: user u wants to run a program (auth-provider), which is refused; give it a token or a client"
                        + " certificate instead, such as the token of a service account");
        assertRefused(
                "{tokenFile: /etc/passwd}",
                "test: tokenFile points to a file, which is refused; embed it: kubectl config view --raw --flatten");
        assertRefused(
                "{client-certificate: /a.pem, client-key: /b.pem}",
                "test: client-certificate points to a file, which is refused; embed it: kubectl config view --raw"
                        + " --flatten");
        assertRefused("{token: t, as: admin}", "test: user u impersonates another user (as), which is not supported");
    }

    @Test
    public void withoutACredentialItIsRefusedAndNothingElseIsTried() {
        assertRefused("{}", "test: user u has no token, client certificate or password");
    }

    @Test
    public void anUnknownContextNamesThoseThatThereAre() {
        BadInputException unknown =
                assertThrows(BadInputException.class, () -> Kubeconfig.parse("test", config("{token: t}"))
                        .access("staging"));
        assertEquals("test has no context named staging; it has dev, prod", unknown.getMessage());
    }

    @Test
    public void textThatIsNoYamlIsNotQuoted() {
        BadInputException broken =
                assertThrows(BadInputException.class, () -> Kubeconfig.parse("test", "users:\n  - token: \"s3cret\n"));
        assertFalse(broken.getMessage(), broken.getMessage().contains("s3cret"));
        assertThrows(BadInputException.class, () -> Kubeconfig.parse("test", "!!java.io.File [/etc/passwd]"));
        assertThrows(BadInputException.class, () -> Kubeconfig.parse("test", ""));
    }

    @Test
    public void aPersonsOwnFilesAreReadAndMerged() throws Exception {
        Path token = folder.newFile("token").toPath();
        Files.writeString(token, "from-file\n");
        Path first = folder.newFile("first").toPath();
        Files.writeString(first, "current-context: dev\nusers: [{name: u, user: {tokenFile: token}}]\n");
        Path second = folder.newFile("second").toPath();
        Files.writeString(second, config("{token: second}"));
        ClusterAccess access = Kubeconfig.read(List.of(first, second)).access(null);
        assertEquals("from-file", access.token());
        assertEquals("https://127.0.0.1:6443", access.server());
    }

    private static void assertRefused(String user, String message) {
        BadInputException refused = assertThrows(BadInputException.class, () -> Kubeconfig.parse("test", config(user))
                .access(null));
        assertEquals(message, refused.getMessage());
    }
}
