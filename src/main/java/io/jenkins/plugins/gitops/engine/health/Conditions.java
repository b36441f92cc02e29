package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The conditions of an object, or of a part of one, in the order in which it lists them. */
public final class Conditions {

    private final List<Condition> conditions;

    private Conditions(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /** Reads a list of conditions; anything else, as some custom kinds have it, reads as none. */
    public static Conditions of(JsonNode list) {
        List<Condition> conditions = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(item -> conditions.add(Condition.of(item)));
        }
        return new Conditions(conditions);
    }

    public Stream<Condition> stream() {
        return conditions.stream();
    }

    /** The first condition of a type. */
    public Optional<Condition> find(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** The condition of a type, if it is {@code True}. */
    public Optional<Condition> ifTrue(String type) {
        return find(type).filter(Condition::isTrue);
    }

    /** The condition of a type, if it is {@code False}. */
    public Optional<Condition> ifFalse(String type) {
        return find(type).filter(Condition::isFalse);
    }

    /** The first condition of the first of these types that is {@code True}. */
    public Optional<Condition> firstTrue(Collection<String> types) {
        return types.stream().flatMap(type -> ifTrue(type).stream()).findFirst();
    }
}
