package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An expression of jq, as {@link JqParser} has read it. */
sealed interface Jq {

    /** {@code .} */
    record Identity() implements Jq {}

    /** {@code ..}: the value and everything below it. */
    record Recurse() implements Jq {}

    record Literal(JsonNode value) implements Jq {}

    /** {@code base.name}, {@code base["name"]}, {@code base[0]}; the key is evaluated on what {@code base} is. */
    record Index(Jq base, Jq key) implements Jq {}

    /** {@code base[]} */
    record Each(Jq base) implements Jq {}

    record Pipe(Jq first, Jq then) implements Jq {}

    record Comma(Jq first, Jq second) implements Jq {}

    /** {@code first // second} */
    record Alternative(Jq first, Jq second) implements Jq {}

    /** {@code and}, {@code or}, {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}. */
    record Binary(String operator, Jq first, Jq second) implements Jq {}

    record Call(String name, List<Jq> arguments) implements Jq {}

    /** {@code [all]}; {@code null} for {@code []}. */
    record Collect(Jq all) implements Jq {}
}
