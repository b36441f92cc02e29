package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tricky YAML of the resources beside this class, and what kubectl made of it. */
public final class Corpus {

    /** kubectl's answers, one on each line: {@code {"name": ..., "docs": [...]}} or {@code {"name": ..., "refused": true}}. */
    static final String ANSWERS = "kubectl-1.36.3.jsonl";

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final List<String> OBJECT = List.of("apiVersion: v1", "kind: T", "metadata: {name: t}");
    private static final String HEADER = String.join("\n", OBJECT) + "\n";
    private static final Pattern OBJECT_LINE = Pattern.compile("(?m)^(<BOM>)?([ -]*)<OBJECT>(<CR>)?$");

    private static final Map<String, String> CHARACTERS = Map.of(
            "<CR>", "\r",
            "<TAB>", "\t",
            "<BOM>", "\ufeff",
            "<NEL>", "\u0085",
            "<LS>", "\u2028",
            "<PS>", "\u2029",
            "<NBSP>", "\u00a0",
            "<NUL>", "\0",
            "<ESC>", "\u001b");

    private Corpus() {}

    /** Every file, by a name that says what it holds. */
    public static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String line : lines("scalars.txt")) {
            put(files, "scalar " + line, HEADER + "value: " + line + "\n");
        }
        for (String line : lines("keys.txt")) {
            put(files, "key " + line, HEADER + line + ": x\n");
        }
        for (String line : lines("snippets.txt")) {
            put(files, "snippet " + line, HEADER + unescape(line) + "\n");
        }
        for (String structure : resource("structures.txt").split("(?m)^=== ")) {
            if (!structure.startsWith("#")) {
                int newline = structure.indexOf('\n');
                put(files, "structure " + structure.substring(0, newline), expand(structure.substring(newline + 1)));
            }
        }
        return files;
    }

    static Map<String, JsonNode> answers() {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        try {
            for (String line : resource(ANSWERS).lines().toList()) {
                JsonNode answer = JSON.readTree(line);
                answers.put(answer.get("name").asText(), answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers;
    }

    /** What our reader says, in the form of an answer. */
    static ObjectNode ours(String name, byte[] content) {
        ReadResult result = ManifestReader.read(name, content);
        ObjectNode answer = JSON.createObjectNode().put("name", name);
        if (!result.problems().isEmpty()) {
            return answer.put("refused", true);
        }
        ArrayNode docs = answer.putArray("docs");
        for (Manifest manifest : result.manifests()) {
            docs.add(withoutHeader(manifest.json()));
        }
        return answer;
    }

    /** What is not the same for all of the corpus. */
    static ObjectNode withoutHeader(ObjectNode object) {
        return object.deepCopy().without(List.of("apiVersion", "kind", "metadata"));
    }

    private static void put(Map<String, byte[]> files, String name, String text) {
        if (files.put(name, text.getBytes(StandardCharsets.UTF_8)) != null) {
            throw new IllegalStateException("twice in the corpus: " + name);
        }
    }

    private static List<String> lines(String resource) {
        return resource(resource)
                .lines()
                .filter(line -> !line.isEmpty() && (line.equals("#") || !line.startsWith("#")))
                .toList();
    }

    private static String unescape(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = line.charAt(++i);
            text.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
        }
        return text.toString();
    }

    private static String expand(String text) {
        Matcher line = OBJECT_LINE.matcher(text);
        String expanded = line.replaceAll(found -> {
            String mark = found.group(1) == null ? "" : found.group(1);
            String end = found.group(3) == null ? "" : found.group(3);
            String indentation = found.group(2).replace('-', ' ');
            return mark + found.group(2) + String.join(end + "\n" + indentation, OBJECT) + end;
        });
        expanded = expanded.replace(
                "<OBJECT,>", "\"apiVersion\": \"v1\", \"kind\": \"T\", \"metadata\": {\"name\": \"t\"}, ");
        for (Map.Entry<String, String> character : CHARACTERS.entrySet()) {
            expanded = expanded.replace(character.getKey(), character.getValue());
        }
        return expanded.endsWith("<NOEOL>\n")
                ? expanded.substring(0, expanded.length() - "<NOEOL>\n".length())
                : expanded;
    }

    private static String resource(String name) {
        try (InputStream in = Corpus.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
