package io.jenkins.plugins.gitops.engine.report;

import java.util.Locale;

/**
 * How JSON spells an enumerated value: UpperCamelCase, as Kubernetes spells its own ({@code Healthy},
 * {@code OutOfSync}).
 */
public final class Spelling {

    private Spelling() {}

    public static String of(Enum<?> value) {
        StringBuilder text = new StringBuilder();
        for (String word : value.name().split("_")) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    /** The value of this exact spelling; {@code null} where there is none. */
    public static <E extends Enum<E>> E parse(Class<E> type, String text) {
        for (E value : type.getEnumConstants()) {
            if (of(value).equals(text)) {
                return value;
            }
        }
        return null;
    }
}
