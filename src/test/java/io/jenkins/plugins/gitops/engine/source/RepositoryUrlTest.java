package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import org.junit.Test;

public class RepositoryUrlTest {
    private static final String FORMS = "name it as https://host/path, ssh://git@host/path or git@host:path";

    @Test
    public void httpsCredentialsAreTakenOutOfTheUrl() throws Exception {
        RepositoryUrl url = parse("https://ada:s3%40cret@git.example.com:8443/team/config.git?x=token#y");

        assertEquals("https://git.example.com:8443/team/config.git", url.display());
        assertNull(url.uri().getUser());
        assertNull(url.uri().getPass());
        assertEquals("ada", url.embedded().username());
        assertEquals("s3@cret", url.embedded().password());
        assertEquals("https", url.scheme());
    }

    @Test
    public void aTokenAsUserNameIsTakenOutToo() throws Exception {
        RepositoryUrl url = parse("https://ghp_token@git.example.com/config.git");

        assertEquals("https://git.example.com/config.git", url.display());
        assertEquals("ghp_token", url.embedded().username());
        assertEquals("", url.embedded().password());
    }

    @Test
    public void sshKeepsItsUserAndLosesItsPassword() throws Exception {
        assertEquals(
                "ssh://git@git.example.com:2222/config.git",
                parse("ssh://git:pw@git.example.com:2222/config.git").display());
        RepositoryUrl scp = parse("git@git.example.com:team/config.git");
        assertEquals("git@git.example.com:team/config.git", scp.display());
        assertEquals("ssh", scp.scheme());
        assertNull(scp.embedded());
    }

    @Test
    public void pathsAndFileUrlsAreLocal() throws Exception {
        assertEquals(Path.of("some/folder"), parse("some/folder").path());
        assertEquals(Path.of("/srv/config.git"), parse("file:///srv/config.git").path());
        assertEquals(Path.of("/srv/a b"), parse("file:///srv/a%20b").path());
        assertEquals(Path.of("./a:b"), parse("./a:b").path());
        assertTrue(parse(".").isLocal());
        assertFalse(parse("git://git.example.com/config").isLocal());
    }

    @Test
    public void localPathsAreRefusedWhereThePolicySaysSo() {
        RepositoryPolicy remoteOnly = RepositoryPolicy.remoteOnly();
        for (String repo : new String[] {"/srv/config", "config", "../config", "file:///srv/config", "FILE:///srv"}) {
            assertEquals(
                    "Config repository \"" + repo + "\" is a path of this machine, which is refused here; " + FORMS,
                    problemsOf(() -> RepositoryUrl.parse(repo, remoteOnly)));
        }
    }

    @Test
    public void whatRunsProgramsIsRefused() {
        assertEquals("Git transport \"ext::\" is refused, since it runs a program; " + FORMS, refusal("ext::sh -c id"));
        assertEquals("Git transport \"fd::\" is refused, since it runs a program; " + FORMS, refusal("fd::17"));
        assertEquals(
                "Git transport \"https::\" is refused, since it runs a program; " + FORMS,
                refusal("https::https://git.example.com/x"));
        assertEquals(
                "Config repository \"--upload-pack=id\" begins with a dash, as options do;"
                        + " write a folder of that name with ./ in front of it",
                refusal("--upload-pack=id"));
        assertEquals(
                "\"ssh://-oProxyCommand=id/x\" holds a part that begins with a dash, as options do; " + FORMS,
                refusal("ssh://-oProxyCommand=id/x"));
        assertEquals(
                "\"ssh://git.example.com/x\" holds a part that begins with a dash, as options do; " + FORMS,
                refusal("ssh://-l@git.example.com/x"));
        assertEquals(
                "\"git@git.example.com:-x\" holds a part that begins with a dash, as options do; " + FORMS,
                refusal("git@git.example.com:-x"));
    }

    @Test
    public void otherTransportsAreRefused() {
        assertEquals("Git transport \"ftp://\" is refused; " + FORMS, refusal("ftp://ada:pw@git.example.com/x"));
        assertEquals("Git transport \"s3://\" is refused; " + FORMS, refusal("s3://bucket/x"));
    }

    @Test
    public void whatIsNoUrlIsSaidWithoutItsCredentials() {
        assertEquals("No config repository is named; give its URL or the path of a checkout", refusal(" "));
        assertEquals("\"https:///x\" is not a Git URL; " + FORMS, refusal("https:///x"));
        assertEquals("\"https://host:port/x\" is not a Git URL; " + FORMS, refusal("https://ada:s3cret@host:port/x"));
        assertEquals("The config repository's name holds a control character; " + FORMS, refusal("https://h/a\nb"));
        assertEquals("\"git://h/a%0ahost=b\" holds a control character; " + FORMS, refusal("git://h/a%0ahost=b"));
        assertEquals(
                "\"file://host/x\" names a host, but file:// is for paths of this machine;"
                        + " write file:///path, with three slashes",
                refusal("file://host/x"));
    }

    @Test
    public void nothingShowsCredentials() {
        GitCredentials credentials = GitCredentials.of("ada", "s3cret");
        assertEquals("GitCredentials", credentials.toString());
        assertEquals("GitCredentials", GitCredentials.token("s3cret").toString());
        assertEquals("a *** b", credentials.redact("a s3cret b"));
        assertEquals("a *** b", GitCredentials.of("ada", "s3/ret").redact("a s3%2Fret b"));
        assertEquals("***", GitCredentials.of("token", "").redact("token"));
        RepositoryRequest request = new RepositoryRequest(
                "https://ada:s3cret@h/x?t=1", " main ", false, RepositoryPolicy.remoteOnly(), credentials);
        assertEquals("https://h/x at main", request.toString());
    }

    private static RepositoryUrl parse(String repo) throws Exception {
        return RepositoryUrl.parse(repo, RepositoryPolicy.localAndRemote());
    }

    private static String refusal(String repo) {
        return problemsOf(() -> parse(repo));
    }
}
