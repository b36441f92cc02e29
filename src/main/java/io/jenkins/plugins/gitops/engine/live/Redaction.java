package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes out of a log what is, or looks like, a secret: the values of the Secrets that are known, and what the common
 * forms of credentials look like. A log may hold anything, so this is a net with holes; whoever must not see secrets
 * should not be shown logs.
 */
final class Redaction {

    private static final String MASK = SecretMask.MASK;

    /** In characters; what is longer takes the patterns too long, and nobody reads it. */
    private static final int LONGEST = 1_000;

    private record Form(Pattern pattern, String replacement) {}

    private static final List<Form> FORMS = List.of(
            // user:password@ in a URL
            new Form(Pattern.compile("(?<=://)[^/\\s:@]{0,256}:[^/\\s@]{1,256}(?=@)"), MASK),
            new Form(Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}"), "$1 " + MASK),
            // password=..., "apiKey": "..."
            new Form(
                    Pattern.compile(
                            "(?i)([\\w.-]*(?:passw(?:or)?d|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key"
                                    + "|private[_-]?key|credentials?|authorization)[\\w.-]*[\"']?\\s*[:=]\\s*)"
                                    + "(\"[^\"]*\"?|'[^']*'?|[^\\s,;&}]+)"),
                    "$1" + MASK),
            // JSON Web Tokens, keys of well-known services
            new Form(Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*){0,4}"), MASK),
            new Form(Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"), MASK),
            new Form(Pattern.compile("\\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-)[A-Za-z0-9_-]{10,}"), MASK),
            // The lines of a PEM block, and whatever else is one long word of base64
            new Form(Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----.*"), MASK),
            new Form(Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{60,}={0,2}"), MASK));

    private final Set<ObjectNode> secrets = new LinkedHashSet<>();

    /** Secrets whose values are taken out wherever they stand. */
    void know(ObjectNode object) {
        if (SecretMask.isSecret(object)) {
            secrets.add(object);
        }
    }

    /** Without the values of the known Secrets. */
    String known(String line) {
        String redacted = line;
        for (ObjectNode secret : secrets) {
            redacted = SecretMask.redacted(redacted, secret);
        }
        return redacted;
    }

    /** Without what looks like a credential, either. */
    String apply(String line) {
        String redacted = cut(known(line));
        for (Form form : FORMS) {
            redacted = form.pattern().matcher(redacted).replaceAll(form.replacement());
        }
        return redacted;
    }

    /** At the end of a word, so that nothing that is looked for is cut in two. */
    private static String cut(String line) {
        if (line.length() <= LONGEST) {
            return line;
        }
        int space = line.lastIndexOf(' ', LONGEST);
        return (space < 0 ? MASK : line.substring(0, space)) + " …";
    }
}
