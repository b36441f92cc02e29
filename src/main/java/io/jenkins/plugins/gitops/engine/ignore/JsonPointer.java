package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A JSON pointer (RFC 6901). */
final class JsonPointer implements PathSelector {

    private final List<String> tokens = new ArrayList<>();

    /** @throws IllegalArgumentException if it is none, with a sentence that says why */
    JsonPointer(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a JSON pointer begins with a slash");
        }
        for (String token : text.substring(1).split("/", -1)) {
            if (token.matches(".*~(?![01]).*")) {
                throw new IllegalArgumentException("~ is written ~0 in a JSON pointer, and / in a name ~1");
            }
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
    }

    @Override
    public List<JsonPath> select(JsonNode object) {
        JsonPath path = JsonPath.ROOT;
        JsonNode at = object;
        for (String token : tokens) {
            Object step = at.isArray() && token.matches("0|[1-9][0-9]{0,8}") ? (Object) Integer.valueOf(token) : token;
            at = step instanceof Integer index ? at.path(index) : at.path(token);
            path = path.plus(step);
        }
        return at.isMissingNode() ? List.of() : List.of(path);
    }
}
