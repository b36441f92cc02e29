package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the part of jq that {@link JqPath} speaks of, by recursive descent. */
final class JqParser {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<string>\")"
            + "|(?<field>\\.[A-Za-z_][A-Za-z0-9_]*)"
            + "|(?<number>[0-9]+(?:\\.[0-9]+)?)"
            + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
            + "|(?<sign>\\.\\.|//|==|!=|<=|>=|[.\\[\\]()|,?<>;:-]))");

    private static final int DEPTH = 100;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Token(String kind, String text, int at) {}

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int depth;

    JqParser(String text) {
        this.text = text;
        int at = 0;
        Matcher matcher = TOKEN.matcher(text);
        while (at < text.stripTrailing().length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw wrong(at, "this is not understood");
            }
            at = matcher.end();
            for (String kind : List.of("string", "field", "number", "word", "sign")) {
                if (matcher.group(kind) != null) {
                    at = kind.equals("string") ? closing(matcher.start(kind)) : at;
                    tokens.add(new Token(kind, text.substring(matcher.start(kind), at), matcher.start(kind)));
                }
            }
        }
    }

    /** The end of a text in quotes. */
    private int closing(int quote) {
        for (int i = quote + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        throw wrong(quote, "the quotes are not closed");
    }

    /** @throws IllegalArgumentException if it cannot be read, with the place and why */
    Jq parse() {
        Jq whole = pipe();
        if (next < tokens.size()) {
            throw wrong(tokens.get(next).at(), "\"" + tokens.get(next).text() + "\" is not expected here");
        }
        return whole;
    }

    private Jq pipe() {
        if (++depth > DEPTH) {
            throw wrong(0, "it is nested too deeply");
        }
        Jq first = comma();
        Jq all = accept("|") ? new Jq.Pipe(first, pipe()) : first;
        depth--;
        return all;
    }

    private Jq comma() {
        Jq all = alternative();
        while (accept(",")) {
            all = new Jq.Comma(all, alternative());
        }
        return all;
    }

    private Jq alternative() {
        Jq first = or();
        return accept("//") ? new Jq.Alternative(first, alternative()) : first;
    }

    private Jq or() {
        Jq all = and();
        while (accept("or")) {
            all = new Jq.Binary("or", all, and());
        }
        return all;
    }

    private Jq and() {
        Jq all = comparison();
        while (accept("and")) {
            all = new Jq.Binary("and", all, comparison());
        }
        return all;
    }

    private Jq comparison() {
        Jq first = postfix();
        if (next < tokens.size() && COMPARISONS.contains(tokens.get(next).text())) {
            String operator = tokens.get(next++).text();
            return new Jq.Binary(operator, first, postfix());
        }
        return first;
    }

    private Jq postfix() {
        Jq base = term();
        while (next < tokens.size()) {
            Token token = tokens.get(next);
            if (token.kind().equals("field")) {
                next++;
                base = field(base, token);
            } else if (token.text().equals("[") || token.text().equals(".") && isBracketOrString(next + 1)) {
                next += token.text().equals(".") ? 1 : 0;
                base = tokens.get(next).kind().equals("string") ? new Jq.Index(base, string()) : brackets(base);
            } else if (!accept("?")) {
                break;
            }
        }
        return base;
    }

    private boolean isBracketOrString(int at) {
        return at < tokens.size()
                && (tokens.get(at).text().equals("[") || tokens.get(at).kind().equals("string"));
    }

    private Jq term() {
        if (next == tokens.size()) {
            throw wrong(text.length(), "something is missing at the end");
        }
        Token token = tokens.get(next);
        return switch (token.kind()) {
            case "string" -> string();
            case "number" -> number("");
            case "field" -> {
                next++;
                yield field(new Jq.Identity(), token);
            }
            case "word" -> word(token);
            default -> sign(token);
        };
    }

    private Jq sign(Token token) {
        next++;
        switch (token.text()) {
            case "." -> {
                if (isBracketOrString(next) && tokens.get(next).kind().equals("string")) {
                    return new Jq.Index(new Jq.Identity(), string());
                }
                return new Jq.Identity();
            }
            case ".." -> {
                return new Jq.Recurse();
            }
            case "(" -> {
                Jq inner = pipe();
                expect(")");
                return inner;
            }
            case "[" -> {
                if (accept("]")) {
                    return new Jq.Collect(null);
                }
                Jq inner = pipe();
                expect("]");
                return new Jq.Collect(inner);
            }
            case "-" -> {
                if (next < tokens.size() && tokens.get(next).kind().equals("number")) {
                    return number("-");
                }
                throw wrong(token.at(), "calculations are not supported in a path");
            }
            default -> throw wrong(token.at(), "\"" + token.text() + "\" is not expected here");
        }
    }

    private Jq word(Token token) {
        next++;
        switch (token.text()) {
            case "true", "false" -> {
                return new Jq.Literal(BooleanNode.valueOf(token.text().equals("true")));
            }
            case "null" -> {
                return new Jq.Literal(NullNode.getInstance());
            }
            default -> {
                List<Jq> arguments = new ArrayList<>();
                if (accept("(")) {
                    do {
                        arguments.add(pipe());
                    } while (accept(";"));
                    expect(")");
                }
                if (!JqFunctions.isKnown(token.text(), arguments.size())) {
                    throw wrong(
                            token.at(),
                            "\"" + token.text() + "\""
                                    + (arguments.isEmpty() ? "" : " with " + arguments.size() + " arguments")
                                    + " is not supported in a path; known are " + JqFunctions.names());
                }
                return new Jq.Call(token.text(), arguments);
            }
        }
    }

    private Jq brackets(Jq base) {
        expect("[");
        if (accept("]")) {
            return new Jq.Each(base);
        }
        Jq key = pipe();
        if (next < tokens.size() && tokens.get(next).text().equals(":")) {
            throw wrong(tokens.get(next).at(), "slices are not supported: name the items");
        }
        expect("]");
        return new Jq.Index(base, key);
    }

    private static Jq field(Jq base, Token token) {
        return new Jq.Index(base, new Jq.Literal(TextNode.valueOf(token.text().substring(1))));
    }

    private Jq number(String sign) {
        return new Jq.Literal(
                DecimalNode.valueOf(new BigDecimal(sign + tokens.get(next++).text())));
    }

    private Jq string() {
        Token token = tokens.get(next++);
        if (token.text().contains("\\(")) {
            throw wrong(token.at(), "texts with expressions in them are not supported in a path");
        }
        try {
            return new Jq.Literal(MAPPER.readTree(token.text()));
        } catch (JsonProcessingException e) {
            throw wrong(token.at(), "this is no text in quotes");
        }
    }

    private boolean accept(String sign) {
        boolean there = next < tokens.size()
                && !tokens.get(next).kind().equals("string")
                && tokens.get(next).text().equals(sign);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String sign) {
        if (!accept(sign)) {
            throw wrong(next < tokens.size() ? tokens.get(next).at() : text.length(), "\"" + sign + "\" is missing");
        }
    }

    private IllegalArgumentException wrong(int at, String why) {
        return new IllegalArgumentException("\"" + text + "\" is no jq path, at character " + (at + 1) + ": " + why);
    }
}
