package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.manifest.DocumentSplitter.Chunk;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/** Parses one YAML document into nodes. Nothing is resolved and nothing is instantiated here. */
final class YamlParser {

    /** How much text may be parsed again after a place in it was mended: a document full of tabs costs that much. */
    private static final int MENDED_CHARACTERS = 4 * Limits.FILE_BYTES;

    private static final LoaderOptions OPTIONS = new LoaderOptions();

    private static final Pattern DIRECTIVE = Pattern.compile("^%", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]+");

    private final String file;
    private final Chunk chunk;
    private final Limits limits;
    private final TextReader text;
    private final ParserImpl events;
    private final Map<String, Node> anchors = new HashMap<>();

    private YamlParser(String file, Chunk chunk, Limits limits) {
        this.file = file;
        this.chunk = chunk;
        this.limits = limits;
        this.text = new TextReader(chunk.text());
        this.events = new ParserImpl(text, OPTIONS);
    }

    /**
     * @return the document's root; {@code null} where it holds nothing but comments
     * @throws RefusedException if it is not YAML, holds more than one document, or is beyond the limits
     */
    static Node parse(String file, Chunk chunk, Limits limits) throws RefusedException {
        Chunk mended = chunk;
        int before = limits.nodes();
        int mendedCharacters = 0;
        while (true) {
            try {
                return new YamlParser(file, mended, limits).document();
            } catch (RuntimeException e) {
                // SnakeYAML's own exceptions and, on hostile input, whatever escapes it.
                String text = mendedCharacters > MENDED_CHARACTERS ? null : YamlMend.mend(mended.text(), e);
                if (text == null) {
                    throw RefusedException.document(SyntaxProblems.of(file, chunk, e));
                }
                mended = new Chunk(text, chunk.line());
                mendedCharacters += text.length();
                limits.backTo(before);
            }
        }
    }

    private Node document() throws RefusedException {
        events.getEvent(); // the stream's start
        if (events.checkEvent(Event.ID.StreamEnd)) {
            checkNoDirective(0);
            return null;
        }
        events.getEvent(); // the document's start
        Node root = node(1);
        Mark end = events.getEvent().getStartMark(); // the document's end
        Mark behind = textBehind();
        if (behind != null) {
            throw RefusedException.document(Problem.error(
                    new SourceLocation(file, line(behind), column(behind)),
                    "the document ends above, and this text would not be read",
                    "check the indentation, or begin another document with a line ---"));
        }
        checkNoDirective(end.getIndex());
        return root;
    }

    /** SnakeYAML passes over a directive that no document follows, and kubectl cuts every document off from its own. */
    private void checkNoDirective(int fromCodePoint) throws RefusedException {
        Matcher directive = DIRECTIVE.matcher(chunk.text());
        if (directive.find() && directive.find(chunk.text().offsetByCodePoints(0, fromCodePoint))) {
            int lines = (int) chunk.text()
                    .substring(0, directive.start())
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            throw RefusedException.document(Problem.error(
                    new SourceLocation(file, chunk.line() + lines, 1),
                    "a line that begins with % is a YAML directive, which cannot stand here",
                    "take the line away, or indent it if it belongs to the text above"));
        }
    }

    /** Where text begins that is neither a comment nor a document end marker; {@code null} where there is none. */
    private Mark textBehind() {
        try {
            return events.checkEvent(Event.ID.StreamEnd)
                    ? null
                    : events.peekEvent().getStartMark();
        } catch (MarkedYAMLException e) {
            if (e.getProblemMark() == null) {
                throw e;
            }
            return e.getProblemMark();
        }
    }

    private Node node(int depth) throws RefusedException {
        Event event = events.getEvent();
        int line = line(event.getStartMark());
        int column = column(event.getStartMark());
        limits.node(line, column);
        if (event instanceof ScalarEvent scalar) {
            return anchored(
                    scalar,
                    new Node.Scalar(
                            line,
                            column,
                            scalar.getValue(),
                            scalar.getTag(),
                            scalar.getImplicit().canOmitTagInPlainScalar()));
        }
        if (event instanceof SequenceStartEvent sequence) {
            limits.depth(depth, line, column);
            return sequence(sequence, line, column, depth);
        }
        if (event instanceof MappingStartEvent mapping) {
            limits.depth(depth, line, column);
            return mapping(mapping, line, column, depth);
        }
        return alias((AliasEvent) event, line, column);
    }

    private Node sequence(SequenceStartEvent start, int line, int column, int depth) throws RefusedException {
        List<Node> items = new ArrayList<>();
        Node sequence = anchored(start, new Node.Sequence(line, column, start.getTag(), items));
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        events.getEvent();
        return sequence;
    }

    private Node mapping(MappingStartEvent start, int line, int column, int depth) throws RefusedException {
        List<Node> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        Node mapping = anchored(start, new Node.Mapping(line, column, start.getTag(), keys, values));
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            if (start.isFlow()) {
                checkBlankBehindColon(events.peekEvent());
            }
            keys.add(node(depth + 1));
            values.add(node(depth + 1));
        }
        events.getEvent();
        return mapping;
    }

    /**
     * In {@code {a:, b:}} kubectl's library reads the keys {@code "a:"} and {@code "b:"}, and SnakeYAML reads {@code a}
     * and {@code b}. Whoever writes it hardly knows, so it is refused.
     */
    private void checkBlankBehindColon(Event key) throws RefusedException {
        if (!(key instanceof ScalarEvent scalar) || !scalar.isPlain()) {
            return;
        }
        int[] codePoints = text.codePoints();
        int colon = key.getEndMark().getIndex();
        while (colon < codePoints.length && (codePoints[colon] == ' ' || codePoints[colon] == '\t')) {
            colon++;
        }
        if (colon + 1 < codePoints.length && codePoints[colon] == ':' && ",[]{}".indexOf(codePoints[colon + 1]) >= 0) {
            throw RefusedException.document(Problem.error(
                    new SourceLocation(file, line(key.getEndMark()), column(key.getEndMark()) + 1),
                    "a blank is missing behind the colon",
                    "write \"key: value\", or quote the text if the colon belongs to it"));
        }
    }

    /** Registered before its children are read: an alias below it then names it, and is refused when it is expanded. */
    private Node anchored(NodeEvent event, Node node) throws RefusedException {
        if (event.getAnchor() != null) {
            checkName(event);
            anchors.put(event.getAnchor(), node);
        }
        return node;
    }

    private Node alias(AliasEvent event, int line, int column) throws RefusedException {
        checkName(event);
        Node target = anchors.get(event.getAnchor());
        if (target == null) {
            throw RefusedException.document(Problem.error(
                    new SourceLocation(file, line, column),
                    // Not named: it may be an unquoted password that begins with an asterisk.
                    "an alias (*) that names no anchor of this document",
                    "quote the value if it begins with an asterisk; otherwise its anchor (&) must stand above it"));
        }
        return new Node.Alias(line, column, target);
    }

    /** kubectl's library takes no other names. Not named in the message: it may be an unquoted password. */
    private void checkName(NodeEvent event) throws RefusedException {
        if (!NAME.matcher(event.getAnchor()).matches()) {
            throw RefusedException.document(Problem.error(
                    new SourceLocation(file, line(event.getStartMark()), column(event.getStartMark())),
                    "an anchor (&) or alias (*) whose name holds other characters than letters, digits, - and _",
                    "quote the value if no anchor or alias is meant"));
        }
    }

    private int line(Mark mark) {
        return chunk.line() + mark.getLine();
    }

    private static int column(Mark mark) {
        return mark.getColumn() + 1;
    }
}
