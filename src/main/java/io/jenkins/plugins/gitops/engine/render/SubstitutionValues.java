package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.manifest.Documents;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.sops.SopsFile;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects the values of variables from where the policy says. This process's environment is none of these places. */
final class SubstitutionValues {

    private static final Pattern NAME = Pattern.compile("[_A-Za-z][_A-Za-z0-9]*");

    private final SubstitutionPolicy policy;
    private final SourceTree tree;
    private final RenderTarget.Cluster cluster;
    private final Map<String, String> values = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private SubstitutionValues(SubstitutionPolicy policy, SourceTree tree, RenderTarget.Cluster cluster) {
        this.policy = policy;
        this.tree = tree;
        this.cluster = cluster;
    }

    /** @throws BadInputException if one of the places is not there, or holds what is no value */
    static Map<String, String> collect(SubstitutionPolicy policy, SourceTree tree, RenderTarget.Cluster cluster)
            throws BadInputException, IOException, InterruptedException {
        SubstitutionValues collected = new SubstitutionValues(policy, tree, cluster);
        collected.all();
        if (!collected.problems.isEmpty()) {
            throw new BadInputException(collected.problems);
        }
        return collected.values;
    }

    private void all() throws BadInputException, IOException, InterruptedException {
        for (String file : policy.files()) {
            file(file);
        }
        for (SubstitutionPolicy.Source source : policy.sources()) {
            Map<String, String> entries = cluster.values(source.object());
            if (entries != null) {
                entries.forEach((name, value) -> put(null, source.object().toString(), name, value));
            } else if (!source.optional()) {
                problems.add(Problem.error(
                        null,
                        source.object() + ", which holds values to substitute, does not exist",
                        "create it, or say that it is optional"));
            }
        }
        policy.values().forEach((name, value) -> put(null, "a parameter", name, value));
    }

    private void file(String file) throws IOException {
        try {
            byte[] content = tree.read(file);
            if (PlainRenderer.isManifest(file)) {
                mapping(file, content);
            } else {
                lines(file, new String(content, StandardCharsets.UTF_8));
            }
        } catch (BadInputException e) {
            problems.addAll(e.problems());
        } catch (java.io.FileNotFoundException e) {
            problems.add(Problem.error(
                    null,
                    "the file \"" + file + "\", which holds values to substitute, is not in the repository",
                    "name it relative to the repository's root"));
        }
    }

    /** A mapping of names to values, or a ConfigMap. */
    private void mapping(String file, byte[] content) throws BadInputException {
        for (Documents.Document document : Documents.read(file, content)) {
            JsonNode json = document.json();
            JsonNode entries = json.path("kind").asText().equals("ConfigMap") ? json.path("data") : json;
            if (SopsFile.isEncrypted(json)) {
                problems.add(Problem.error(
                        document.location(),
                        "values to substitute are encrypted with SOPS; they would be shown wherever they are put",
                        "keep secret values in Secrets, and encrypt their manifests"));
                continue;
            }
            if (!entries.isObject()) {
                problems.add(
                        Problem.error(document.location(), "values to substitute are a mapping of names to values"));
                continue;
            }
            for (Map.Entry<String, JsonNode> entry : entries.properties()) {
                if (entry.getValue().isContainerNode()) {
                    problems.add(Problem.error(
                            document.location(), "the value of \"" + entry.getKey() + "\" is no single value"));
                } else {
                    put(
                            document.location(),
                            file,
                            entry.getKey(),
                            entry.getValue().isNull() ? "" : entry.getValue().asText());
                }
            }
        }
    }

    /** Lines of {@code NAME=value}, as env files have them. */
    private void lines(String file, String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.strip();
            int equals = content.indexOf('=');
            SourceLocation location = new SourceLocation(file, number, 1);
            if (equals > 0) {
                put(location, file, content.substring(0, equals).strip(), content.substring(equals + 1));
            } else if (!content.isEmpty() && !content.startsWith("#")) {
                problems.add(Problem.error(location, "the line is not NAME=value"));
            }
        }
    }

    private void put(SourceLocation location, String where, String name, String value) {
        if (!NAME.matcher(name).matches()) {
            problems.add(Problem.error(
                    location,
                    "\"" + name + "\" of " + where + " is not a variable's name",
                    "use letters, digits and _, beginning with a letter or _"));
            return;
        }
        // What a text editor or a pipe leaves at the end is not part of the value.
        values.put(name, value.replaceAll("[\\r\\n]+$", ""));
    }
}
