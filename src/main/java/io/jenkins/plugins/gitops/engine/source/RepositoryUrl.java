package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/**
 * Where a config repository is: a URL or a path of this machine.
 *
 * @param uri the URL without credentials; {@code null} for a path
 * @param path the path; {@code null} for a URL
 * @param display what may be shown to anybody
 * @param embedded the credentials that the URL held; {@code null} where it held none
 */
record RepositoryUrl(URIish uri, Path path, String display, GitCredentials embedded) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
    private static final Pattern HELPER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9+.-]*)::.*");
    private static final Set<String> REMOTE = Set.of("https", "http", "ssh", "git");
    private static final String FORMS = "name it as https://host/path, ssh://git@host/path or git@host:path";

    static RepositoryUrl parse(String repo, RepositoryPolicy policy) throws BadInputException {
        if (repo.isBlank()) {
            throw new BadInputException("No config repository is named", "give its URL or the path of a checkout");
        }
        if (repo.chars().anyMatch(Character::isISOControl)) {
            throw new BadInputException("The config repository's name holds a control character", FORMS);
        }
        if (repo.startsWith("-")) {
            throw new BadInputException(
                    "Config repository \"" + withoutUser(repo) + "\" begins with a dash, as options do",
                    "write a folder of that name with ./ in front of it");
        }
        Matcher helper = HELPER.matcher(repo);
        if (helper.matches()) {
            throw new BadInputException(
                    "Git transport \"" + helper.group(1) + "::\" is refused, since it runs a program", FORMS);
        }
        Matcher url = SCHEME.matcher(repo);
        if (url.matches()) {
            String scheme = url.group(1).toLowerCase(Locale.ROOT);
            return scheme.equals("file") ? file(repo, policy) : remote(repo, scheme);
        }
        return looksLikeHost(repo, policy) ? remote(repo, "ssh") : local(repo, repo, policy);
    }

    boolean isLocal() {
        return path != null;
    }

    String scheme() {
        return uri.getScheme() == null ? "ssh" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** The text of a URL that is not known to be one, without everything that may be a user name or a password. */
    static String withoutUser(String repo) {
        int scheme = repo.indexOf("://");
        int at = repo.lastIndexOf('@');
        String shown = scheme < 0 || at < scheme ? repo : repo.substring(0, scheme + 3) + repo.substring(at + 1);
        return withoutQuery(shown);
    }

    /** {@code host:path}, as Git tells it from a path: a colon before the first slash. */
    private static boolean looksLikeHost(String repo, RepositoryPolicy policy) {
        int colon = repo.startsWith("[") ? repo.indexOf("]:") + 1 : repo.indexOf(':');
        int slash = repo.indexOf('/');
        boolean drive = colon == 1 && File.separatorChar == '\\';
        if (colon <= 0 || drive || (slash >= 0 && slash < colon)) {
            return false;
        }
        return !(policy.localAllowed() && new File(repo).exists());
    }

    private static RepositoryUrl file(String repo, RepositoryPolicy policy) throws BadInputException {
        URIish uri = uri(repo);
        if (uri.getHost() != null && !uri.getHost().isEmpty()) {
            throw new BadInputException(
                    "\"" + withoutUser(repo) + "\" names a host, but file:// is for paths of this machine",
                    "write file:///path, with three slashes");
        }
        return local(uri.getPath(), withoutUser(repo), policy);
    }

    private static RepositoryUrl local(String path, String display, RepositoryPolicy policy) throws BadInputException {
        if (!policy.localAllowed()) {
            throw new BadInputException(
                    "Config repository \"" + withoutUser(display)
                            + "\" is a path of this machine, which is refused here",
                    FORMS);
        }
        try {
            return new RepositoryUrl(null, Path.of(path), display, null);
        } catch (InvalidPathException e) {
            throw new BadInputException("\"" + display + "\" is neither a Git URL nor a path", FORMS);
        }
    }

    private static RepositoryUrl remote(String repo, String scheme) throws BadInputException {
        if (!REMOTE.contains(scheme)) {
            throw new BadInputException("Git transport \"" + scheme + "://\" is refused", FORMS);
        }
        URIish given = uri(repo);
        if (given.getHost() == null || given.getHost().isEmpty() || given.getPath() == null) {
            throw new BadInputException("\"" + withoutUser(repo) + "\" is not a Git URL", FORMS);
        }
        if (beginsWithDash(given.getHost()) || beginsWithDash(given.getUser()) || beginsWithDash(given.getPath())) {
            throw new BadInputException(
                    "\"" + withoutUser(repo) + "\" holds a part that begins with a dash, as options do", FORMS);
        }
        if ((given.getHost() + given.getPath()).chars().anyMatch(Character::isISOControl)) {
            throw new BadInputException("\"" + withoutUser(repo) + "\" holds a control character", FORMS);
        }
        boolean ssh = scheme.equals("ssh");
        URIish clean = given.setPass(null).setUser(ssh ? given.getUser() : null);
        GitCredentials embedded = ssh || given.getUser() == null
                ? null
                : GitCredentials.of(given.getUser(), given.getPass() == null ? "" : given.getPass());
        return new RepositoryUrl(clean, null, withoutQuery(clean.toString()), embedded);
    }

    private static boolean beginsWithDash(String part) {
        return part != null && part.startsWith("-");
    }

    private static String withoutQuery(String url) {
        return url.contains("://") ? url.replaceFirst("[?#].*", "") : url;
    }

    private static URIish uri(String repo) throws BadInputException {
        try {
            return new URIish(repo);
        } catch (URISyntaxException e) {
            // The exception's own text holds the URL with its credentials.
            throw new BadInputException("\"" + withoutUser(repo) + "\" is not a Git URL", FORMS);
        }
    }

    /** Whether a file of this name exists decides nothing for a URL; for a path, it has to. */
    void requireExisting() throws BadInputException {
        if (!Files.exists(path)) {
            throw new BadInputException(
                    "\"" + display + "\" does not exist", "name the path of a checkout, or a Git URL");
        }
    }
}
