package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of {@code ${var}} in manifests, after everything else is rendered. Nothing where no value comes from
 * anywhere: a {@code $} in a script means what it says.
 *
 * @param values by the variables' names; they win over all others
 * @param files of the repository with values, relative to its root, a later one over an earlier one
 * @param sources objects of the cluster with values, over those of the files, a later one over an earlier one
 * @param strict whether a variable that has neither a value nor a default is an error; otherwise it is empty
 */
public record SubstitutionPolicy(Map<String, String> values, List<String> files, List<Source> sources, boolean strict)
        implements Serializable {

    /** Substitutes nothing. */
    public static final SubstitutionPolicy NONE = new SubstitutionPolicy(Map.of(), List.of(), List.of(), true);

    /** @param optional whether the object need not exist */
    public record Source(RenderTarget.ValueSource object, boolean optional) implements Serializable {
        private static final Pattern TEXT =
                Pattern.compile("(\\??)((?i)configmap|(?i)secret)/(?:([a-z0-9.-]+)/)?([a-z0-9.-]+)");

        /**
         * @param text {@code configmap/NAME} or {@code secret/NAMESPACE/NAME}; with a leading {@code ?} where the object need
         *     not exist
         */
        public static Source parse(String text) throws BadInputException {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw new BadInputException(
                        "\"" + text + "\" names no ConfigMap and no Secret",
                        "write configmap/NAME, secret/NAME or secret/NAMESPACE/NAME");
            }
            boolean secret = parts.group(2).equalsIgnoreCase("secret");
            return new Source(
                    new RenderTarget.ValueSource(secret, parts.group(3), parts.group(4)),
                    !parts.group(1).isEmpty());
        }
    }

    public SubstitutionPolicy {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        files = List.copyOf(files);
        sources = List.copyOf(sources);
    }

    public boolean isActive() {
        return !values.isEmpty() || !files.isEmpty() || !sources.isEmpty();
    }

    /** The names alone: values may be secret. */
    @Override
    public String toString() {
        return "SubstitutionPolicy" + values.keySet() + files + sources + (strict ? " strict" : "");
    }
}
