package io.jenkins.plugins.gitops.engine.validate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The API versions of built-in kinds that are deprecated, or not served any more. */
final class ApiVersions {

    private static final Map<String, Life> LIVES = read();

    private ApiVersions() {}

    /**
     * @param deprecated since which version; {@code null} where never
     * @param removed since which version; {@code null} where never
     * @param replacement the API version to use; {@code null} where there is none
     */
    record Life(KubernetesVersion deprecated, KubernetesVersion removed, String replacement) {

        boolean isRemovedIn(KubernetesVersion version) {
            return removed != null && removed.compareTo(version) <= 0;
        }

        boolean isDeprecatedIn(KubernetesVersion version) {
            return deprecated != null && deprecated.compareTo(version) <= 0;
        }

        String advice() {
            return replacement == null ? "it has no replacement" : "use " + replacement;
        }
    }

    static Optional<Life> of(String apiVersion, String kind) {
        return Optional.ofNullable(LIVES.get(apiVersion + "/" + kind));
    }

    private static Map<String, Life> read() {
        Map<String, Life> lives = new HashMap<>();
        try (InputStream in = ApiVersions.class.getResourceAsStream("api-versions.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(row -> lives.put(
                            row[0] + "/" + row[1],
                            new Life(
                                    KubernetesVersion.parse(row[2]).orElse(null),
                                    KubernetesVersion.parse(row[3]).orElse(null),
                                    row[4].equals("-") ? null : row[4])));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return lives;
    }
}
