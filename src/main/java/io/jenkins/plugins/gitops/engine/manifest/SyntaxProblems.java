package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.manifest.DocumentSplitter.Chunk;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Tells a person what SnakeYAML's exceptions mean. Their own text is not shown: it quotes the file, and the file may be
 * a Secret.
 */
final class SyntaxProblems {

    private static final String PREFIX = "this is not valid YAML: ";

    /**
     * What a text of SnakeYAML's means.
     *
     * @param begin how its text begins
     * @param message in other words, or {@code null} for these
     */
    private record Meaning(String begin, String message, String advice) {}

    /** The first that fits counts. */
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(
                    "found character '\\t(TAB)'", "a tab stands where only spaces are allowed", "indent with spaces"),
            new Meaning("found character '@'", "a value cannot begin with @", "quote the value"),
            new Meaning("found character '`'", "a value cannot begin with a backquote", "quote the value"),
            new Meaning("found character '%'", "a value cannot begin with %", "quote the value"),
            new Meaning("found character", "a value cannot begin with this character", "quote the value"),
            new Meaning(
                    "mapping values are not allowed here",
                    null,
                    "check the indentation, and quote a value that holds \": \""),
            new Meaning("mapping keys are not allowed here", null, "check the indentation of this line"),
            new Meaning(
                    "sequence entries are not allowed here",
                    "a list item is not allowed here",
                    "check the indentation of this line and the lines above"),
            new Meaning(
                    "could not find expected ':'",
                    null,
                    "write \"key: value\", or indent the line if it belongs to the text above"),
            new Meaning("found unexpected end of stream", "a quotation mark is not closed", "close it"),
            new Meaning("found unexpected document separator", "a quotation mark is not closed", "close it"),
            new Meaning(
                    "found unknown escape character",
                    "unknown escape sequence in double quotes",
                    "write \\\\ for a backslash, or use single quotes"),
            new Meaning(
                    "expected escape sequence",
                    "incomplete escape sequence in double quotes",
                    "write \\\\ for a backslash, or use single quotes"),
            new Meaning(
                    "unexpected character found",
                    "an anchor (&) or alias (*) needs a name",
                    "quote a value that begins with & or *"),
            new Meaning(
                    "found undefined tag handle",
                    "a YAML tag (!) with an unknown prefix",
                    "quote a value that begins with !"),
            new Meaning("expected '!'", "a YAML tag (!) is not well formed", "quote a value that begins with !"),
            new Meaning("expected '>'", "a YAML tag (!) is not well formed", "quote a value that begins with !"),
            new Meaning("expected URI", "a YAML tag (!) is not well formed", "quote a value that begins with !"),
            new Meaning("expected ' '", "a YAML tag (!) is not well formed", "quote a value that begins with !"),
            new Meaning(
                    "expected chomping or indentation indicators",
                    "only +, - or a digit from 1 to 9 may follow | and >",
                    "begin the text on the next line, or quote a value that begins with | or >"),
            new Meaning(
                    "expected indentation indicator",
                    "only +, - or a digit from 1 to 9 may follow | and >",
                    "begin the text on the next line"),
            new Meaning(
                    "expected a comment or a line break",
                    "only a comment may follow | and > on the line",
                    "begin the text on the next line, or quote a value that begins with | or >"),
            new Meaning("expected ',' or ']'", "a list in brackets needs , or ] here", ""),
            new Meaning("expected ',' or '}'", "a mapping in braces needs , or } here", ""),
            new Meaning(
                    "expected <block end>",
                    "this does not fit the lines above",
                    "check the indentation of this line and the lines above"),
            new Meaning("expected the node content", "a value is missing or cannot begin so", ""));

    private static final Meaning UNKNOWN = new Meaning("", "it cannot be parsed from here on", "");

    private SyntaxProblems() {}

    static Problem of(String file, Chunk chunk, RuntimeException e) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return syntax(file, chunk, marked);
        }
        if (e instanceof ReaderException reader) {
            return character(file, chunk, reader);
        }
        return Problem.error(
                new SourceLocation(file, chunk.line(), 0), PREFIX + "the document that begins here cannot be parsed");
    }

    private static Problem syntax(String file, Chunk chunk, MarkedYAMLException e) {
        Mark mark = e.getProblemMark();
        SourceLocation location = new SourceLocation(file, chunk.line() + mark.getLine(), mark.getColumn() + 1);
        String text = String.valueOf(e.getProblem());
        Meaning meaning = MEANINGS.stream()
                .filter(known -> text.startsWith(known.begin))
                .findFirst()
                .orElse(UNKNOWN);
        String message = meaning.message == null ? meaning.begin : meaning.message;
        String line = chunk.text().lines().skip(mark.getLine()).findFirst().orElse("");
        String advice = line.contains("{{")
                ? "this looks like a template of Helm, which has to be rendered before it is YAML"
                : meaning.advice;
        return Problem.error(location, PREFIX + message + context(chunk, e), advice);
    }

    private static String context(Chunk chunk, MarkedYAMLException e) {
        Mark begun = e.getContextMark();
        if (e.getContext() == null
                || begun == null
                || begun.getLine() == e.getProblemMark().getLine()) {
            return "";
        }
        String what = e.getContext().replaceFirst("^while (parsing|scanning) an? ", "");
        return " (in the " + what + " that begins on line " + (chunk.line() + begun.getLine()) + ")";
    }

    private static Problem character(String file, Chunk chunk, ReaderException e) {
        int line = chunk.line();
        int column = 1;
        int index = 0;
        for (int at = 0; index < e.getPosition() && at < chunk.text().length(); index++) {
            int c = chunk.text().codePointAt(at);
            at += Character.charCount(c);
            if (c == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return Problem.error(
                new SourceLocation(file, line, column),
                String.format(PREFIX + "the control character U+%04X is not allowed", e.getCodePoint()),
                "write it as an escape sequence in double quotes, or take it out");
    }
}
