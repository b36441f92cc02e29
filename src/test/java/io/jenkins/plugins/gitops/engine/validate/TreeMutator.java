package io.jenkins.plugins.gitops.engine.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ManifestWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes objects so that they can still be read, and mean something else, or nothing. */
final class TreeMutator {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Where a value of any kind may stand. */
    private static final List<JsonNode> VALUES = List.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(0),
            NODES.numberNode(-1),
            NODES.numberNode(65536),
            NODES.numberNode(Long.MIN_VALUE),
            NODES.numberNode(new java.math.BigInteger("9".repeat(40))),
            NODES.numberNode(0.5),
            NODES.numberNode(1e308),
            NODES.objectNode(),
            NODES.arrayNode(),
            NODES.arrayNode().add(NODES.nullNode()),
            NODES.objectNode().set("a", NODES.arrayNode().add(NODES.objectNode())));

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "1",
            "-",
            ".",
            "a.b/c",
            "100m",
            "1Ki",
            "-1e3",
            "9".repeat(30),
            "1e999999999",
            "0.1e-99999",
            "10%",
            "2001-01-01T00:00:00Z",
            "1h30m",
            "::1",
            "10.0.0.0/8",
            "https://[::1]:99999/%zz",
            "v1.2.3-rc.1+x",
            "=",
            "!!",
            "\u001b[31m",
            "\0",
            "\ud83d\ude00",
            "\u00df\u0130",
            "x".repeat(300),
            "a,b in (c), !d",
            "^(a+)+$",
            "[a-",
            "\\p{L}{1,1000}");

    /** What means something in variables. */
    private static final List<String> VARIABLES = List.of(
            "$",
            "$$",
            "${a}",
            "${none}",
            "${a:-${b:=c}}",
            "${a:1:2}",
            "${a:-9}",
            "${#a}",
            "${a//b/c}",
            "${a##*/}",
            "${a%%",
            "${",
            "}",
            "${a:",
            "${a/(/[}",
            "${a^^}",
            "$${a}",
            "${a:999999999999:1}");

    /** What means something in expressions. */
    private static final List<String> EXPRESSIONS = List.of(
            "object",
            "object.spec",
            "self",
            "oldSelf",
            "has(",
            ")",
            "(",
            " && ",
            " || ",
            " ? 1 : ",
            "[0]",
            "[-1]",
            ".all(x, x)",
            ".map(x, x.map(y, y + y))",
            ".exists(c, c.image.matches('^(a+)+$'))",
            "1 / 0",
            " - 9223372036854775807 - 2",
            "quantity('1')",
            "ip('::1')",
            "url('x')",
            ".find('[')",
            ".format(['%s'])",
            "'%d %b'.format([1])",
            "dyn(1) == 'a'",
            "authorizer",
            "request.userInfo",
            "namespaceObject.metadata",
            "params.x",
            "variables.containers",
            "timestamp('0001-01-01T00:00:00Z')",
            "duration('999999999h')",
            "\"",
            "!",
            "-",
            "{'a': 1}",
            "optional.of(1)",
            "?.a",
            ".orValue(1)");

    private final List<ObjectNode> corpus;
    private final Random random;

    TreeMutator(List<ObjectNode> corpus, Random random) {
        this.corpus = corpus;
        this.random = random;
    }

    /** A file with an object, in YAML or JSON. */
    byte[] next() {
        ObjectNode object = any().deepCopy();
        for (int i = random.nextInt(3); i >= 0; i--) {
            change(object);
        }
        String text = random.nextBoolean() ? object.toString() : ManifestWriter.yaml(object);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private void change(ObjectNode object) {
        JsonNode parent = container(object);
        if (parent.isEmpty()) {
            return;
        }
        if (parent instanceof ArrayNode list) {
            int at = random.nextInt(list.size());
            switch (random.nextInt(4)) {
                case 0 -> list.remove(at);
                case 1 ->
                    list.insert(random.nextInt(list.size() + 1), list.get(at).deepCopy());
                default -> list.set(at, changed(list.get(at)));
            }
            return;
        }
        ObjectNode map = (ObjectNode) parent;
        List<String> names = new ArrayList<>();
        map.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(8)) {
            case 0 -> map.remove(name);
            case 1 -> map.set(text(name), map.remove(name));
            case 2 -> map.set(text(name), map.get(name).deepCopy());
            default -> map.set(name, changed(map.get(name)));
        }
    }

    /** A mapping or list, at any depth; not often in the metadata, where all objects are alike. */
    private JsonNode container(JsonNode from) {
        JsonNode at = from;
        while (true) {
            List<JsonNode> below = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : at.properties()) {
                if (field.getValue().isContainerNode()
                        && (!field.getKey().equals("metadata") || random.nextInt(4) == 0)) {
                    below.add(field.getValue());
                }
            }
            if (at.isArray()) {
                at.forEach(item -> {
                    if (item.isContainerNode()) {
                        below.add(item);
                    }
                });
            }
            if (below.isEmpty() || random.nextInt(5) == 0) {
                return at;
            }
            at = below.get(random.nextInt(below.size()));
        }
    }

    private JsonNode changed(JsonNode value) {
        switch (random.nextInt(6)) {
            case 0:
                return VALUES.get(random.nextInt(VALUES.size())).deepCopy();
            case 1:
                JsonNode from = container(any());
                return random.nextInt(30) == 0 ? deep(from.deepCopy()) : from.deepCopy();
            case 2:
                return NODES.arrayNode().add(value);
            default:
                return value.isContainerNode()
                        ? VALUES.get(random.nextInt(VALUES.size())).deepCopy()
                        : NODES.textNode(text(value.asText()));
        }
    }

    private JsonNode deep(JsonNode value) {
        JsonNode nested = value;
        for (int i = random.nextInt(600); i > 0; i--) {
            nested = random.nextBoolean()
                    ? NODES.arrayNode().add(nested)
                    : NODES.objectNode().set("a", nested);
        }
        return nested;
    }

    private String text(String old) {
        List<String> pieces =
                switch (random.nextInt(4)) {
                    case 0 -> TEXTS;
                    case 1 -> VARIABLES;
                    default -> EXPRESSIONS;
                };
        String piece = pieces.get(random.nextInt(pieces.size()));
        int at = random.nextInt(old.length() + 1);
        int end = random.nextBoolean() ? at : at + random.nextInt(old.length() - at + 1);
        return random.nextInt(4) == 0 ? piece : old.substring(0, at) + piece + old.substring(end);
    }
}
