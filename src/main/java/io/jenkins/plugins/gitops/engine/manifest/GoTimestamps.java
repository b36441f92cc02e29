package io.jenkins.plugins.gitops.engine.manifest;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand behind the tag {@code !!timestamp}. Its value stays the string that it is written as, tagged or not.
 */
final class GoTimestamps {

    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})"
            + "(?:[Tt](\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:[.,]\\d+)?(?:Z|[+-](\\d{2}):(\\d{2}))"
            + "| +(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:[.,]\\d+)?)?");

    private GoTimestamps() {}

    static boolean isTimestamp(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return false;
        }
        try {
            LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
        } catch (DateTimeException e) {
            return false;
        }
        int time = form.group(4) != null ? 4 : 9;
        return form.group(time) == null
                || number(form, time) < 24 && number(form, time + 1) < 60 && number(form, time + 2) < 60 && zone(form);
    }

    private static boolean zone(Matcher form) {
        return form.group(7) == null || number(form, 7) <= 24 && number(form, 8) <= 60;
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
