package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;

/** {@code semver}, {@code isSemver} and comparisons of versions. */
final class SemverFunctions {

    private static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");
    private static final List<CelType> TWO = List.of(SEMVER, SEMVER);
    private static final List<CelType> TEXT_AND_FLAG = List.of(SimpleType.STRING, SimpleType.BOOL);

    private SemverFunctions() {}

    static void addTo(Functions functions) {
        functions.global(
                "semver",
                "string_to_semver",
                SEMVER,
                SimpleType.STRING,
                String.class,
                text -> parsed(Semver.parse(text)));
        functions.global(
                "semver",
                "string_bool_to_semver",
                SEMVER,
                TEXT_AND_FLAG,
                String.class,
                Boolean.class,
                (text, tolerant) -> parsed(parse(text, tolerant)));
        functions.global(
                "isSemver", "is_semver_string", SimpleType.BOOL, SimpleType.STRING, String.class, text -> Semver.parse(
                                text)
                        .isPresent());
        functions.global(
                "isSemver",
                "is_semver_string_bool",
                SimpleType.BOOL,
                TEXT_AND_FLAG,
                String.class,
                Boolean.class,
                (text, tolerant) -> parse(text, tolerant).isPresent());
        functions.member("major", "semver_major", SimpleType.INT, SEMVER, Semver.class, Semver::major);
        functions.member("minor", "semver_minor", SimpleType.INT, SEMVER, Semver.class, Semver::minor);
        functions.member("patch", "semver_patch", SimpleType.INT, SEMVER, Semver.class, Semver::patch);
        functions.member(
                "isGreaterThan",
                "semver_is_greater_than",
                SimpleType.BOOL,
                TWO,
                Semver.class,
                Semver.class,
                (a, b) -> a.compareTo(b) > 0);
        functions.member(
                "isLessThan",
                "semver_is_less_than",
                SimpleType.BOOL,
                TWO,
                Semver.class,
                Semver.class,
                (a, b) -> a.compareTo(b) < 0);
        functions.member("compareTo", "semver_compare_to", SimpleType.INT, TWO, Semver.class, Semver.class, (a, b) ->
                (long) Integer.signum(a.compareTo(b)));
    }

    private static Optional<Semver> parse(String text, boolean tolerant) {
        return tolerant ? Semver.parseTolerant(text) : Semver.parse(text);
    }

    private static Semver parsed(Optional<Semver> version) {
        return version.orElseThrow(() -> Functions.failure("Invalid semantic version"));
    }
}
