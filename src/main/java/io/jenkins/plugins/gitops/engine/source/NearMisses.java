package io.jenkins.plugins.gitops.engine.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the names that a person may have meant. */
final class NearMisses {
    private static final int SHOWN = 3;
    private static final int MAX_LENGTH = 200;

    private NearMisses() {}

    /** At most three of the names, the likeliest first; empty where none is alike. */
    static List<String> of(String wanted, Collection<String> names) {
        List<String> alike = new ArrayList<>();
        if (wanted.length() > MAX_LENGTH) {
            return alike;
        }
        for (String name : names) {
            if (name.length() <= MAX_LENGTH
                    && distance(wanted, name) <= Math.max(1, Math.min(4, wanted.length() / 3))) {
                alike.add(name);
            }
        }
        alike.sort(Comparator.<String>comparingInt(name -> distance(wanted, name))
                .thenComparing(Comparator.naturalOrder()));
        return alike.subList(0, Math.min(SHOWN, alike.size()));
    }

    /** {@code "a", "b" or "c"}. */
    static String quoted(Collection<String> names) {
        List<String> quoted = names.stream().map(name -> '"' + name + '"').collect(Collectors.toList());
        if (quoted.size() < 2) {
            return String.join("", quoted);
        }
        int last = quoted.size() - 1;
        return String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
    }

    /**
     * 0 for the same name in another case or in another folder, 1 for a name that continues the wanted one after a
     * separator, else the number of characters to change.
     */
    private static int distance(String wanted, String name) {
        String a = wanted.toLowerCase(Locale.ROOT);
        String b = name.toLowerCase(Locale.ROOT);
        if (a.equals(b) || b.endsWith("/" + a) || a.endsWith("/" + b)) {
            return 0;
        }
        if (b.startsWith(a + "/") || b.startsWith(a + "-") || b.startsWith(a + ".") || b.endsWith("-" + a)) {
            return 1;
        }
        return changes(a, b);
    }

    /** How many characters to add, drop, replace or swap with their neighbour. */
    private static int changes(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 ? j : j == 0 ? i : cheapest(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int cheapest(int[][] table, String a, String b, int i, int j) {
        int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
