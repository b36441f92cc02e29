package io.jenkins.plugins.gitops.engine.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Parses JSON values that follow each other, as far as the text is JSON. */
final class JsonDocuments {

    private static final String STRING = ScalarResolver.TAG_PREFIX + "str";
    private static final String FLOAT = ScalarResolver.TAG_PREFIX + "float";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // One more than we allow, so that our own message tells it.
                    .maxNestingDepth(Limits.DEPTH + 1)
                    .maxStringLength(Limits.FILE_BYTES)
                    .maxNameLength(Limits.FILE_BYTES)
                    .build())
            .build();

    private final String file;
    private final int firstLine;
    private final Limits limits;

    private JsonDocuments(String file, int firstLine, Limits limits) {
        this.file = file;
        this.firstLine = firstLine;
        this.limits = limits;
    }

    /**
     * What was found.
     *
     * @param roots the values, in the order of the text
     * @param end the index in the text behind the last of them
     * @param problem why the text behind it is not JSON; {@code null} where there is only white space
     */
    record Result(List<Node> roots, int end, Problem problem) {}

    /** @param line the file's line on which {@code text} begins, counted from 1 */
    static Result read(String file, String text, int line, Limits limits) throws RefusedException {
        return new JsonDocuments(file, line, limits).read(text);
    }

    private Result read(String text) throws RefusedException {
        List<Node> roots = new ArrayList<>();
        int end = 0;
        try (JsonParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {
                Node root = node(parser, 1);
                roots.add(root);
                end = (int) parser.currentLocation().getCharOffset();
            }
            return new Result(roots, end, null);
        } catch (JsonProcessingException e) {
            return new Result(roots, end, problem(e));
        } catch (IOException e) {
            throw new IllegalStateException("a string was read", e);
        }
    }

    private Node node(JsonParser parser, int depth) throws IOException, RefusedException {
        JsonToken token = parser.currentToken();
        JsonLocation start = parser.currentTokenLocation();
        int line = line(start);
        int column = start.getColumnNr();
        limits.node(line, column);
        if (token == JsonToken.START_OBJECT) {
            limits.depth(depth, line, column);
            return mapping(parser, line, column, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            limits.depth(depth, line, column);
            List<Node> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(node(parser, depth + 1));
            }
            return new Node.Sequence(line, column, null, items);
        }
        if (token == JsonToken.VALUE_STRING) {
            return string(parser.getText(), line, column);
        }
        // Numbers, booleans and null mean in YAML what they mean in JSON, but for a number beyond a double.
        return new Node.Scalar(
                line,
                column,
                parser.getText(),
                token == JsonToken.VALUE_NUMBER_FLOAT ? FLOAT : null,
                token != JsonToken.VALUE_NUMBER_FLOAT);
    }

    private Node mapping(JsonParser parser, int line, int column, int depth) throws IOException, RefusedException {
        List<Node> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            JsonLocation start = parser.currentTokenLocation();
            keys.add(string(parser.currentName(), line(start), start.getColumnNr()));
            parser.nextToken();
            values.add(node(parser, depth + 1));
        }
        return new Node.Mapping(line, column, null, keys, values);
    }

    private Node string(String text, int line, int column) {
        return new Node.Scalar(line, column, text, STRING, false);
    }

    private int line(JsonLocation location) {
        return firstLine + location.getLineNr() - 1;
    }

    private Problem problem(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        SourceLocation location =
                at == null ? SourceLocation.of(file) : new SourceLocation(file, line(at), at.getColumnNr());
        return Problem.error(location, "this is not valid JSON: " + reason(e), "");
    }

    /** Jackson's text without what it quotes from the file, which may be a Secret. */
    private static String reason(JsonProcessingException e) {
        String text = e.getOriginalMessage();
        if (text.startsWith("Unexpected end-of-input")) {
            return "the file ends inside a value";
        }
        if (text.startsWith("Illegal unquoted character")) {
            return "a control character or line end inside a string";
        }
        if (text.contains("nesting depth")) {
            return "mappings and lists are nested deeper than " + Limits.DEPTH;
        }
        if (text.startsWith("Number value length")) {
            return "a number with too many digits";
        }
        if (text.startsWith("Unrecognized character escape")) {
            return "unknown escape sequence in a string";
        }
        if (text.startsWith("Unrecognized token")) {
            return "an unquoted word; strings stand in double quotes";
        }
        if (text.startsWith("Unexpected close marker")) {
            return "a closing bracket without its opening one";
        }
        int colon = text.indexOf("): ");
        if (text.startsWith("Unexpected character") && colon >= 0) {
            return text.substring(colon + 3);
        }
        return "it cannot be parsed from here on";
    }
}
