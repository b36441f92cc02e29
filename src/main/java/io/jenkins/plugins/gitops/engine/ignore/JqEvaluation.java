package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One evaluation of a jq path on one object, within a number of steps. */
final class JqEvaluation {

    private static final int STEPS = 5_000_000;

    /** Calls within calls; each takes some of the thread's stack. */
    private static final int DEPTH = 800;

    private int left = STEPS;
    private int depth;

    /**
     * A value that an expression gives.
     *
     * @param path where it stands in the object; {@code null} for what is computed
     */
    record Place(JsonNode value, JsonPath path) {}

    /** Ends {@code first(...)} early. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    private void step() {
        if (left-- <= 0) {
            throw new IllegalArgumentException("the jq path takes too long: " + STEPS + " steps were not enough");
        }
    }

    void run(Jq expression, Place in, Consumer<Place> out) {
        step();
        if (++depth > DEPTH) {
            throw new IllegalArgumentException("the jq path is nested too deeply");
        }
        try {
            evaluate(expression, in, out);
        } finally {
            depth--;
        }
    }

    private void evaluate(Jq expression, Place in, Consumer<Place> out) {
        if (expression instanceof Jq.Identity) {
            out.accept(in);
        } else if (expression instanceof Jq.Recurse) {
            recurse(in, out);
        } else if (expression instanceof Jq.Literal literal) {
            out.accept(new Place(literal.value(), null));
        } else if (expression instanceof Jq.Index index) {
            run(index.base(), in, base -> run(index.key(), in, key -> index(base, key.value(), out)));
        } else if (expression instanceof Jq.Each each) {
            run(each.base(), in, base -> each(base, out));
        } else if (expression instanceof Jq.Pipe pipe) {
            run(pipe.first(), in, first -> run(pipe.then(), first, out));
        } else if (expression instanceof Jq.Comma comma) {
            run(comma.first(), in, out);
            run(comma.second(), in, out);
        } else if (expression instanceof Jq.Alternative alternative) {
            alternative(alternative, in, out);
        } else if (expression instanceof Jq.Binary binary) {
            binary(binary, in, out);
        } else if (expression instanceof Jq.Collect collect) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            if (collect.all() != null) {
                run(collect.all(), in, place -> all.add(place.value()));
            }
            out.accept(new Place(all, null));
        } else if (expression instanceof Jq.Call call) {
            call(call, in, out);
        }
    }

    private void recurse(Place in, Consumer<Place> out) {
        step();
        out.accept(in);
        each(in, child -> recurse(child, out));
    }

    private static void index(Place base, JsonNode key, Consumer<Place> out) {
        JsonNode value = base.value();
        if (key.isTextual() && (value.isObject() || value.isNull())) {
            JsonNode found = value.path(key.textValue());
            out.accept(below(base, found, key.textValue()));
        } else if (key.isNumber() && (value.isArray() || value.isNull())) {
            int at = key.intValue() < 0 ? value.size() + key.intValue() : key.intValue();
            if (at >= 0) {
                out.accept(below(base, value.path(at), at));
            }
        }
    }

    private void each(Place base, Consumer<Place> out) {
        JsonNode value = base.value();
        if (value.isObject()) {
            value.properties().forEach(field -> {
                step();
                out.accept(below(base, field.getValue(), field.getKey()));
            });
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                step();
                out.accept(below(base, value.get(i), i));
            }
        }
    }

    private static Place below(Place base, JsonNode value, Object step) {
        JsonNode found = value instanceof MissingNode ? NullNode.getInstance() : value;
        return new Place(found, base.path() == null ? null : base.path().plus(step));
    }

    private void alternative(Jq.Alternative alternative, Place in, Consumer<Place> out) {
        List<Place> good = new ArrayList<>();
        run(alternative.first(), in, place -> {
            if (JqFunctions.isTrue(place.value())) {
                good.add(place);
            }
        });
        if (good.isEmpty()) {
            run(alternative.second(), in, out);
        } else {
            good.forEach(out);
        }
    }

    private void binary(Jq.Binary binary, Place in, Consumer<Place> out) {
        run(binary.first(), in, first -> {
            boolean isAnd = binary.operator().equals("and");
            if (isAnd || binary.operator().equals("or")) {
                if (JqFunctions.isTrue(first.value()) != isAnd) {
                    out.accept(computed(!isAnd));
                } else {
                    run(binary.second(), in, second -> out.accept(computed(JqFunctions.isTrue(second.value()))));
                }
            } else {
                run(
                        binary.second(),
                        in,
                        second -> out.accept(computed(
                                holds(binary.operator(), JqFunctions.compare(first.value(), second.value())))));
            }
        });
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static Place computed(boolean value) {
        return new Place(BooleanNode.valueOf(value), null);
    }

    private void call(Jq.Call call, Place in, Consumer<Place> out) {
        Jq argument = call.arguments().isEmpty() ? null : call.arguments().get(0);
        switch (call.name()) {
            case "empty" -> {}
            case "recurse" -> recurse(in, out);
            case "select" ->
                run(argument, in, condition -> {
                    if (JqFunctions.isTrue(condition.value())) {
                        out.accept(in);
                    }
                });
            case "first" -> first(argument == null ? new Jq.Each(new Jq.Identity()) : argument, in, out);
            case "getpath" -> run(argument, in, keys -> getpath(in, keys.value(), out));
            case "any", "all" -> out.accept(computed(quantify(call.name().equals("any"), argument, in)));
            case "IN" -> {
                boolean[] found = new boolean[1];
                run(argument, in, place -> found[0] |= JqFunctions.compare(place.value(), in.value()) == 0);
                out.accept(computed(found[0]));
            }
            case "test" -> test(call, in, out);
            case "arrays", "objects", "strings", "numbers", "booleans", "nulls", "scalars", "values" -> {
                if (JqFunctions.isOfType(call.name(), in.value())) {
                    out.accept(in);
                }
            }
            default -> function(call, in, out);
        }
    }

    private void function(Jq.Call call, Place in, Consumer<Place> out) {
        if (call.arguments().isEmpty()) {
            emit(JqFunctions.apply(call.name(), in.value()), out);
        } else {
            run(
                    call.arguments().get(0),
                    in,
                    argument -> emit(JqFunctions.apply(call.name(), in.value(), argument.value()), out));
        }
    }

    private static void emit(JsonNode value, Consumer<Place> out) {
        if (value != null) {
            out.accept(new Place(value, null));
        }
    }

    private void first(Jq expression, Place in, Consumer<Place> out) {
        Place[] first = new Place[1];
        Enough enough = new Enough();
        try {
            run(expression, in, place -> {
                first[0] = place;
                throw enough;
            });
        } catch (Enough e) {
            if (e != enough) {
                throw e;
            }
        }
        if (first[0] != null) {
            out.accept(first[0]);
        }
    }

    private static void getpath(Place in, JsonNode keys, Consumer<Place> out) {
        Place[] at = {in};
        for (JsonNode key : keys) {
            Place before = at[0];
            at[0] = null;
            index(before, key, place -> at[0] = place);
            if (at[0] == null) {
                return;
            }
        }
        out.accept(at[0]);
    }

    private boolean quantify(boolean any, Jq condition, Place in) {
        boolean[] result = {!any};
        each(in, item -> {
            if (condition == null) {
                result[0] = any
                        ? result[0] | JqFunctions.isTrue(item.value())
                        : result[0] & JqFunctions.isTrue(item.value());
            } else {
                run(condition, item, place -> {
                    boolean holds = JqFunctions.isTrue(place.value());
                    result[0] = any ? result[0] | holds : result[0] & holds;
                });
            }
        });
        return result[0];
    }

    private void test(Jq.Call call, Place in, Consumer<Place> out) {
        if (!in.value().isTextual()) {
            return;
        }
        run(call.arguments().get(0), in, pattern -> {
            String[] flags = {""};
            if (call.arguments().size() > 1) {
                run(
                        call.arguments().get(1),
                        in,
                        place -> flags[0] = place.value().asText());
            }
            out.accept(computed(
                    JqFunctions.test(in.value().textValue(), pattern.value().asText(), flags[0], this::step)));
        });
    }
}
