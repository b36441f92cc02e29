package io.jenkins.plugins.gitops.engine.cel;

import com.google.re2j.Matcher;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** {@code find}, {@code findAll}, {@code format}, {@code replace}, {@code join} and {@code strings.quote}. */
final class TextFunctions {

    private TextFunctions() {}

    static void addTo(Functions functions) {
        functions.member(
                "find",
                "string_find_string",
                SimpleType.STRING,
                List.of(SimpleType.STRING, SimpleType.STRING),
                String.class,
                String.class,
                (text, regex) -> first(findAll(text, regex, 1)));
        functions.member(
                "findAll",
                "string_find_all_string",
                ListType.create(SimpleType.STRING),
                List.of(SimpleType.STRING, SimpleType.STRING),
                String.class,
                String.class,
                (text, regex) -> findAll(text, regex, -1));
        functions.member(
                "findAll",
                "string_find_all_string_int",
                ListType.create(SimpleType.STRING),
                List.of(SimpleType.STRING, SimpleType.STRING, SimpleType.INT),
                List.of(String.class, String.class, Long.class),
                args -> findAll((String) args[0], (String) args[1], (Long) args[2]));
        functions.member(
                "format",
                "string_format",
                SimpleType.STRING,
                List.of(SimpleType.STRING, ListType.create(SimpleType.DYN)),
                String.class,
                Collection.class,
                TextFormat::format);
        functions.member(
                "replace",
                "string_replace_string_string",
                SimpleType.STRING,
                List.of(SimpleType.STRING, SimpleType.STRING, SimpleType.STRING),
                List.of(String.class, String.class, String.class),
                args -> replace((String) args[0], (String) args[1], (String) args[2], -1));
        functions.member(
                "replace",
                "string_replace_string_string_int",
                SimpleType.STRING,
                List.of(SimpleType.STRING, SimpleType.STRING, SimpleType.STRING, SimpleType.INT),
                List.of(String.class, String.class, String.class, Long.class),
                args -> replace((String) args[0], (String) args[1], (String) args[2], (Long) args[3]));
        functions.member(
                "join",
                "list_join",
                SimpleType.STRING,
                ListType.create(SimpleType.STRING),
                Collection.class,
                list -> join(list, ""));
        functions.member(
                "join",
                "list_join_string",
                SimpleType.STRING,
                List.of(ListType.create(SimpleType.STRING), SimpleType.STRING),
                Collection.class,
                String.class,
                TextFunctions::join);
        functions.global(
                "strings.quote",
                "strings_quote",
                SimpleType.STRING,
                SimpleType.STRING,
                String.class,
                TextFormat::quote);
    }

    private static String first(List<String> found) {
        return found.isEmpty() ? "" : found.get(0);
    }

    private static List<String> findAll(String text, String regex, long limit) {
        Matcher matcher = BoundedStandard.pattern(text, regex).matcher(text);
        List<String> found = new ArrayList<>();
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            Budget.spend(1);
            found.add(matcher.group());
        }
        return found;
    }

    private static String replace(String text, String from, String to, long limit) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        // What replaces nothing stands before each character and at the end.
        int search = 0;
        for (long done = 0; limit < 0 || done < limit; done++) {
            int found = search <= text.length() ? text.indexOf(from, search) : -1;
            if (found < 0) {
                break;
            }
            Budget.spend((long) found - at + to.length());
            out.append(text, at, found).append(to);
            at = found + from.length();
            search = from.isEmpty() ? found + 1 : at;
        }
        return out.append(text, at, text.length()).toString();
    }

    private static String join(Collection<?> list, String separator) {
        StringBuilder out = new StringBuilder();
        boolean more = false;
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw Functions.failure("no such overload: join of what is not a string");
            }
            Budget.spend((long) text.length() + separator.length());
            out.append(more ? separator : "").append(text);
            more = true;
        }
        return out.toString();
    }
}
