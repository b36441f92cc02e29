package io.jenkins.plugins.gitops.engine.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON trees as values of CEL: int, double, string, bool, null, list and map. */
public final class CelValues {

    /** The value {@code null}. */
    public static final Object NULL = NullValue.NULL_VALUE;

    private CelValues() {}

    /** @param json may be {@code null} or missing, which is {@code null} in CEL */
    public static Object of(JsonNode json) {
        if (json == null) {
            return NULL;
        }
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                json.properties().forEach(entry -> map.put(entry.getKey(), of(entry.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>(json.size());
                json.forEach(item -> list.add(of(item)));
                yield list;
            }
            case STRING -> json.textValue();
            case BOOLEAN -> json.booleanValue();
            // As Go reads JSON: what fits an int64 is one, and the rest is floating point.
            case NUMBER -> json.isIntegralNumber() && json.canConvertToLong() ? json.longValue() : json.doubleValue();
            default -> NULL;
        };
    }
}
