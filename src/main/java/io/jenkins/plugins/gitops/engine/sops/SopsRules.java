package io.jenkins.plugins.gitops.engine.sops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which values of a file are encrypted, by the rules that it carries. */
final class SopsRules {

    private static final String DEFAULT_SUFFIX = "_unencrypted";

    private final Predicate<String> key;
    private final boolean encryptedWhereMatched;

    private SopsRules(Predicate<String> key, boolean encryptedWhereMatched) {
        this.key = key;
        this.encryptedWhereMatched = encryptedWhereMatched;
    }

    /** @param metadata the file's {@code sops} */
    static SopsRules of(JsonNode metadata) throws SopsException {
        for (String rule : List.of("unencrypted_comment_regex", "encrypted_comment_regex")) {
            if (metadata.hasNonNull(rule)) {
                throw new SopsException(
                        "its values are encrypted by " + rule + ", which is not read",
                        "encrypt by encrypted_regex, such as ^(data|stringData)$");
            }
        }
        String suffix = metadata.path("encrypted_suffix").asText();
        if (!suffix.isEmpty()) {
            return new SopsRules(name -> name.endsWith(suffix), true);
        }
        try {
            String encrypted = metadata.path("encrypted_regex").asText();
            if (!encrypted.isEmpty()) {
                return new SopsRules(Pattern.compile(encrypted).asPredicate(), true);
            }
            String unencrypted = metadata.path("unencrypted_regex").asText();
            if (!unencrypted.isEmpty()) {
                return new SopsRules(Pattern.compile(unencrypted).asPredicate(), false);
            }
        } catch (PatternSyntaxException e) {
            throw new SopsException("its rule is not a valid regular expression", "");
        }
        String unencryptedSuffix = metadata.path("unencrypted_suffix").asText(DEFAULT_SUFFIX);
        return new SopsRules(name -> !unencryptedSuffix.isEmpty() && name.endsWith(unencryptedSuffix), false);
    }

    /** @param path the keys that lead to the value */
    boolean isEncrypted(List<String> path) {
        return path.stream().anyMatch(key) == encryptedWhereMatched;
    }
}
