package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.SettingsFile;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rules that say which differences do not count. */
public final class IgnoreRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The file beside an app's manifests in which its rules stand. */
    public static final String FILE = ".gitops.yaml";

    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private final transient List<IgnoreRule> rules;

    private IgnoreRules(List<IgnoreRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads {@code ignoreDifferences} (Argo CD's form) and {@code ignore} (Flux's).
     *
     * @param file for the locations
     * @param content YAML or JSON
     * @throws BadInputException with everything that is wrong with it
     */
    public static IgnoreRules read(String file, byte[] content) throws BadInputException {
        return new IgnoreRules(new IgnoreRulesReader(SettingsFile.read(file, content)).read());
    }

    /** These, and others after them. */
    public IgnoreRules plus(IgnoreRules others) {
        List<IgnoreRule> all = new ArrayList<>(rules);
        all.addAll(others.rules);
        return new IgnoreRules(all);
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** @param manifest with its namespace filled in */
    public List<IgnoreRule> of(Manifest manifest) {
        return rules.stream().filter(rule -> rule.matches(manifest)).toList();
    }

    /** In JSON, as {@link #read} takes them. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode argo = JsonNodeFactory.instance.arrayNode();
        ArrayNode flux = JsonNodeFactory.instance.arrayNode();
        rules.forEach(rule -> (rule.json().has("paths") ? flux : argo).add(rule.json()));
        json.set("ignoreDifferences", argo);
        json.set("ignore", flux);
        return json;
    }

    /** The rules are equal if they are written in the same way. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IgnoreRules that && json().equals(that.json());
    }

    @Override
    public int hashCode() {
        return json().hashCode();
    }

    @Override
    public String toString() {
        return rules.toString();
    }

    /** As {@link #read}, from {@link #json()}. */
    public static IgnoreRules of(ObjectNode json, String name) throws BadInputException {
        return read(name, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Crosses to another machine as text, and is read and checked there again. */
    private Object writeReplace() {
        return new Text(json().toString());
    }

    /** Only the text is read. */
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("rules arrive as text");
    }

    private record Text(String json) implements Serializable {

        private Object readResolve() throws InvalidObjectException {
            try {
                return read("the rules of the request", json.getBytes(StandardCharsets.UTF_8));
            } catch (BadInputException e) {
                throw new InvalidObjectException(e.getMessage());
            }
        }
    }
}
