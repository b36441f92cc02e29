package io.jenkins.plugins.gitops.engine.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.MatchesFunction.MatchesOverload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Standard functions that can make or read without bound: the same functions, on a {@link Budget}. */
final class BoundedStandard {

    private static final Set<CelStandardOverload> REPLACED = Set.of(
            AddOverload.ADD_STRING, AddOverload.ADD_LIST, MatchesOverload.MATCHES, MatchesOverload.MATCHES_STRING);

    private BoundedStandard() {}

    static CelStandardFunctions functions() {
        return CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) -> !REPLACED.contains(overload))
                .build();
    }

    static void addTo(Functions functions) {
        functions.bind("_+_", CelFunctionBinding.from("add_string", String.class, String.class, (a, b) -> {
            Budget.spend((long) a.length() + b.length());
            return a + b;
        }));
        functions.bind(
                "_+_",
                CelFunctionBinding.from("add_list", Collection.class, Collection.class, BoundedStandard::joined));
        functions.bind(
                "matches", CelFunctionBinding.from("matches", String.class, String.class, BoundedStandard::matches));
        functions.bind(
                "matches",
                CelFunctionBinding.from("matches_string", String.class, String.class, BoundedStandard::matches));
    }

    private static List<Object> joined(Collection<?> a, Collection<?> b) {
        Budget.spend(8 * ((long) a.size() + b.size()));
        List<Object> all = new ArrayList<>(a.size() + b.size());
        all.addAll(a);
        all.addAll(b);
        return all;
    }

    private static boolean matches(String text, String regex) {
        return pattern(text, regex).matcher(text).find();
    }

    /** RE2 takes time in proportion to the text times the pattern. */
    static Pattern pattern(String text, String regex) {
        Budget.spend(text.length() * (long) (1 + regex.length() / 8));
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw Functions.failure("illegal regex: " + e.getMessage());
        }
    }
}
