package io.jenkins.plugins.gitops.engine.cel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the form {@code major.minor.patch[-pre][+build]}; the build does not count in comparisons. */
record Semver(long major, long minor, long patch, String pre) implements Comparable<Semver> {

    private static final String NUMBER = "(0|[1-9]\\d{0,17})";
    private static final String PRE =
            "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-]"
                    + "[0-9a-zA-Z-]*))*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?";
    private static final Pattern STRICT = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + PRE);

    /** Empty where it is none. */
    static Optional<Semver> parse(String text) {
        Matcher matcher = STRICT.matcher(text.length() > 1000 ? "" : text);
        return matcher.matches()
                ? Optional.of(new Semver(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        matcher.group(4) == null ? "" : matcher.group(4)))
                : Optional.empty();
    }

    /** Also {@code v1}, {@code 1.2} and {@code 01.02.03}. */
    static Optional<Semver> parseTolerant(String text) {
        String trimmed = text.strip().replaceFirst("^v", "");
        int end = 0;
        while (end < trimmed.length() && "-+".indexOf(trimmed.charAt(end)) < 0) {
            end++;
        }
        String[] parts = trimmed.substring(0, end).split("\\.", -1);
        if (parts.length > 3 || (parts.length < 3 && end < trimmed.length())) {
            return Optional.empty();
        }
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            String part = i < parts.length ? parts[i].replaceFirst("^0+(?=\\d)", "") : "0";
            whole.append(i == 0 ? "" : ".").append(part);
        }
        return parse(whole + trimmed.substring(end));
    }

    @Override
    public int compareTo(Semver other) {
        int numbers = major != other.major
                ? Long.compare(major, other.major)
                : minor != other.minor ? Long.compare(minor, other.minor) : Long.compare(patch, other.patch);
        if (numbers != 0 || pre.equals(other.pre)) {
            return numbers;
        }
        if (pre.isEmpty() || other.pre.isEmpty()) {
            return pre.isEmpty() ? 1 : -1;
        }
        String[] mine = pre.split("\\.");
        String[] theirs = other.pre.split("\\.");
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            int parts = compare(mine[i], theirs[i]);
            if (parts != 0) {
                return parts;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    private static int compare(String a, String b) {
        boolean numberA = a.chars().allMatch(Character::isDigit);
        boolean numberB = b.chars().allMatch(Character::isDigit);
        if (numberA && numberB) {
            return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : Integer.signum(a.compareTo(b));
        }
        return numberA != numberB ? (numberA ? -1 : 1) : Integer.signum(a.compareTo(b));
    }
}
