package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** Every text of the page can be read, light and dark: WCAG 2.2, level AA, 4.5 to 1. */
public class ContrastTest {

    private static final Pattern VARIABLE = Pattern.compile("--([a-z-]+): #([0-9a-f]{3,6});");

    @Test
    public void textStandsOutFromWhatIsBehindIt() {
        String css = HtmlReport.page(Reports.valid());
        String[] schemes = css.split("prefers-color-scheme: dark", 2);
        assertEquals("the page has a dark scheme", 2, schemes.length);
        check("light", variables(schemes[0]));
        check("dark", variables(schemes[1].substring(0, schemes[1].indexOf("}\n}"))));
    }

    private static void check(String scheme, Map<String, String> colors) {
        for (String text : List.of("text", "quiet", "good", "warn", "bad", "drift", "accent")) {
            for (String background : List.of("page", "card", "raised")) {
                check(scheme, colors, text, background);
            }
        }
        for (String tone : List.of("good", "warn", "bad", "drift")) {
            check(scheme, colors, tone, tone + "-tint");
            check(scheme, colors, "text", tone + "-tint");
            check(scheme, colors, "quiet", tone + "-tint");
        }
    }

    private static void check(String scheme, Map<String, String> colors, String text, String background) {
        double a = luminance(colors.get(text));
        double b = luminance(colors.get(background));
        double ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        assertTrue(scheme + ": " + text + " on " + background + " is " + ratio, ratio >= 4.5);
    }

    private static Map<String, String> variables(String css) {
        Map<String, String> variables = new HashMap<>();
        Matcher matcher = VARIABLE.matcher(css);
        while (matcher.find()) {
            String hex = matcher.group(2);
            variables.put(matcher.group(1), hex.length() == 6 ? hex : hex.replaceAll("(.)", "$1$1"));
        }
        return variables;
    }

    private static double luminance(String hex) {
        return 0.2126 * channel(hex, 0) + 0.7152 * channel(hex, 2) + 0.0722 * channel(hex, 4);
    }

    private static double channel(String hex, int at) {
        double value = Integer.parseInt(hex.substring(at, at + 2), 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
