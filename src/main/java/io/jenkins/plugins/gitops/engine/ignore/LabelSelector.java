package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A selector of Kubernetes in the form of {@code kubectl -l}: {@code a=b,c!=d,e in (x,y),f notin (z),g,!h}.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors">labels</a>
 */
final class LabelSelector {

    private static final Pattern KEY_ONLY = Pattern.compile("(!?)\\s*([\\w./-]+)");
    private static final Pattern EQUALITY = Pattern.compile("([\\w./-]+)\\s*(==|=|!=)\\s*([\\w./-]*)");
    private static final Pattern SET = Pattern.compile("([\\w./-]+)\\s+(in|notin)\\s*\\(([^()]*)\\)");

    private record Requirement(String key, boolean in, List<String> values) {

        /** No values: whether the key is there at all. */
        boolean holds(JsonNode labels) {
            JsonNode value = labels.get(key);
            boolean found = value != null && (values == null || values.contains(value.asText()));
            return found == in;
        }
    }

    private final List<Requirement> requirements = new ArrayList<>();

    /** @throws IllegalArgumentException if it is none, with a sentence that says why */
    LabelSelector(String text) {
        // Commas in parentheses do not end a requirement.
        for (String part : text.split(",(?![^(]*\\))")) {
            String requirement = part.strip();
            Matcher set = SET.matcher(requirement);
            Matcher equality = EQUALITY.matcher(requirement);
            Matcher key = KEY_ONLY.matcher(requirement);
            if (set.matches()) {
                List<String> values = Arrays.stream(set.group(3).split(","))
                        .map(String::strip)
                        .toList();
                requirements.add(new Requirement(set.group(1), set.group(2).equals("in"), values));
            } else if (equality.matches()) {
                requirements.add(new Requirement(
                        equality.group(1), !equality.group(2).equals("!="), List.of(equality.group(3))));
            } else if (key.matches()) {
                requirements.add(new Requirement(key.group(2), key.group(1).isEmpty(), null));
            } else {
                throw new IllegalArgumentException("\"" + text + "\" is no selector such as app=web,tier!=db");
            }
        }
    }

    boolean matches(JsonNode labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }
}
