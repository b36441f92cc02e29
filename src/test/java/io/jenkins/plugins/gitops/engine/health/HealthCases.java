package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Objects as an API server returns them, from a file beside the test; the name of an object is the name of its case. */
final class HealthCases {

    /** The moment of every assessment. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, ObjectNode> cases = new LinkedHashMap<>();

    private HealthCases() {}

    static HealthCases read(String file) {
        HealthCases read = new HealthCases();
        ObjectMapper json = new ObjectMapper();
        try (InputStream in = HealthCases.class.getResourceAsStream(file)) {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(in)) {
                ObjectNode object = json.valueToTree(document);
                String name = object.at("/metadata/name").asText();
                if (read.cases.put(name, object) != null) {
                    throw new IllegalStateException(file + " has two objects " + name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    ObjectNode get(String name) {
        ObjectNode object = cases.get(name);
        if (object == null) {
            throw new IllegalArgumentException("no object " + name + ", but " + cases.keySet());
        }
        return object;
    }

    Health assess(String name) {
        return assess(name, knowing());
    }

    Health assess(String name, HealthContext context) {
        return HealthRules.standard().assess(get(name), context);
    }

    /** A context that finds these objects, and knows them as the pods or the peers of whatever is assessed. */
    HealthContext knowing(String... names) {
        List<ObjectNode> known = List.of(names).stream().map(this::get).toList();
        return new HealthContext() {
            @Override
            public Optional<ObjectNode> find(ObjectId id) {
                return known.stream()
                        .filter(o -> new LiveObject(o).groupKind().equals(id.groupKind())
                                && o.at("/metadata/name").asText().equals(id.name())
                                && o.at("/metadata/namespace").asText().equals(id.namespace()))
                        .findFirst();
            }

            @Override
            public List<ObjectNode> pods(ObjectNode workload) {
                return known;
            }

            @Override
            public List<ObjectNode> peers(ObjectNode live) {
                return known;
            }

            @Override
            public Instant now() {
                return NOW;
            }
        };
    }
}
