package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A jq path expression, such as {@code .spec.containers[] | select(.name == "proxy") | .image}. It is the part of jq that
 * names places in an object: paths, pipes, commas, {@code //}, {@code ..}, comparisons, {@code and/or/not}, and the
 * functions that conditions are made of. What computes, defines or repeats is refused: an expression cannot run long.
 *
 * <p>Where jq would fail, as at {@code .[]} of nothing, nothing is selected: as if {@code ?} stood behind it.
 *
 * @see <a href="https://jqlang.org/manual/">jq's manual</a>
 */
final class JqPath implements PathSelector {

    private static final int MAX_LENGTH = 4_096;

    private final String text;
    private final Jq expression;

    /** @throws IllegalArgumentException if it is none, with a sentence that says why */
    JqPath(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a jq path has " + MAX_LENGTH + " characters at most");
        }
        this.text = text;
        this.expression = new JqParser(text).parse();
    }

    /** @throws IllegalArgumentException if it takes too long, or names a value that is computed */
    @Override
    public List<JsonPath> select(JsonNode object) {
        List<JsonPath> paths = new ArrayList<>();
        JqEvaluation evaluation = new JqEvaluation();
        evaluation.run(expression, new JqEvaluation.Place(object, JsonPath.ROOT), place -> {
            if (place.path() == null) {
                throw new IllegalArgumentException("\"" + text + "\" is no path: it gives a value that is computed");
            }
            if (place.path().isIn(object)) {
                paths.add(place.path());
            }
        });
        return paths;
    }
}
