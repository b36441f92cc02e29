package io.jenkins.plugins.gitops.engine.schema;

import java.util.Collection;
import java.util.Locale;

/** What somebody who mistyped a word most likely meant. */
final class Nearest {

    private static final int LONGEST = 60;

    private Nearest() {}

    /** {@code null} where nothing is near. */
    static String of(String word, Collection<String> words) {
        String best = null;
        int distance = Math.min(3, word.length() / 3) + 1;
        for (String candidate : words) {
            if (candidate.length() > LONGEST || word.length() > LONGEST) {
                continue;
            }
            int found = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (found < distance) {
                distance = found;
                best = candidate;
            }
        }
        return best;
    }

    /** How many letters to insert, leave out, change or swap. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
