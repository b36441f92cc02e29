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
            case NUMBER -> number(json);
            default -> NULL;
        };
    }

    /** As Go writes and reads JSON: what is whole and fits an int64 is one, and the rest is floating point. */
    private static Object number(JsonNode json) {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        }
        double number = json.doubleValue();
        if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            return (long) number;
        }
        return number;
    }
}
