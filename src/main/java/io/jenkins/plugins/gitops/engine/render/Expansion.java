package io.jenkins.plugins.gitops.engine.render;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Expands the variables of one text, as Flux does after a build: {@code ${var}} with the operators of Bash that work on
 * a value. {@code $$} stands for a dollar sign; a dollar sign before anything but a brace is one.
 */
final class Expansion {

    /** Defaults may hold variables, whose defaults may hold variables. */
    private static final int DEPTH = 20;

    /** A value that is put in many times must not grow without end. */
    private static final int LENGTH = 4 << 20;

    private final String text;
    private final Map<String, String> values;
    private final boolean strict;
    private int at;

    private Expansion(String text, Map<String, String> values, boolean strict) {
        this.text = text;
        this.values = values;
        this.strict = strict;
    }

    /** What is wrong with an expression; the message does not hold a value. */
    static final class ExpansionException extends Exception {
        private static final long serialVersionUID = 1L;

        ExpansionException(String message) {
            super(message);
        }
    }

    /** @param strict whether a variable must have a value or a default */
    static String expand(String text, Map<String, String> values, boolean strict) throws ExpansionException {
        return text.indexOf('$') < 0 ? text : new Expansion(text, values, strict).all();
    }

    private String all() throws ExpansionException {
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            if (text.startsWith("${", at)) {
                out.append(variable(1));
            } else {
                if (text.startsWith("$$", at)) {
                    at++;
                }
                out.append(text.charAt(at++));
            }
            if (out.length() > LENGTH) {
                throw new ExpansionException("the text becomes longer than " + LENGTH + " characters");
            }
        }
        return out.toString();
    }

    /** From the dollar sign to behind the brace. */
    private String variable(int depth) throws ExpansionException {
        int begin = at;
        at += 2;
        if (depth > DEPTH) {
            throw new ExpansionException("variables are nested deeper than " + DEPTH);
        }
        boolean length = peek() == '#';
        if (length) {
            at++;
        }
        String name = name(begin);
        if (length) {
            close(begin);
            String value = value(name);
            return Integer.toString(value.codePointCount(0, value.length()));
        }
        return switch (peek()) {
            case '}' -> {
                at++;
                yield value(name);
            }
            case ':' -> colon(name, begin, depth);
            case '=', '-' -> {
                at++;
                yield orDefault(name, argument("}", begin, depth));
            }
            case '^', ',' -> casing(name, begin);
            case '#', '%' -> trimmed(name, begin, depth);
            case '/' -> replaced(name, begin, depth);
            default -> throw bad(begin);
        };
    }

    private String colon(String name, int begin, int depth) throws ExpansionException {
        at++;
        char operator = peek();
        if (operator == '=' || operator == '-') {
            at++;
            return orDefault(name, argument("}", begin, depth));
        }
        if (operator == '?' || operator == '+') {
            throw new ExpansionException("the operator \":" + operator + "\" in \"" + shown(begin)
                    + "\" is not one that substitution knows");
        }
        String position = until(":}", begin, depth);
        String length = null;
        if (peek() == ':') {
            at++;
            length = until("}", begin, depth);
        }
        close(begin);
        return part(value(name), position, length, begin);
    }

    private String part(String value, String position, String length, int begin) throws ExpansionException {
        try {
            int from = Integer.parseInt(position.strip());
            from = from < 0 ? Math.max(0, value.length() + from) : Math.min(from, value.length());
            if (length == null) {
                return value.substring(from);
            }
            int count = Integer.parseInt(length.strip());
            int to = count < 0 ? value.length() + count : (int) Math.min(value.length(), (long) from + count);
            return to < from ? "" : value.substring(from, to);
        } catch (NumberFormatException e) {
            throw new ExpansionException("a position or length in \"" + shown(begin) + "\" is no number");
        }
    }

    private String casing(String name, int begin) throws ExpansionException {
        char operator = text.charAt(at++);
        boolean all = peek() == operator;
        if (all) {
            at++;
        }
        close(begin);
        String value = value(name);
        int end = all || value.isEmpty() ? value.length() : value.offsetByCodePoints(0, 1);
        String head = value.substring(0, end);
        head = operator == '^' ? head.toUpperCase(java.util.Locale.ROOT) : head.toLowerCase(java.util.Locale.ROOT);
        return head + value.substring(end);
    }

    private String trimmed(String name, int begin, int depth) throws ExpansionException {
        char operator = text.charAt(at++);
        boolean longest = peek() == operator;
        if (longest) {
            at++;
        }
        Pattern pattern = glob(argument("}", begin, depth));
        String value = value(name);
        boolean front = operator == '#';
        for (int i = 1; i <= value.length(); i++) {
            int count = longest ? value.length() - i + 1 : i;
            int cut = front ? count : value.length() - count;
            String part = front ? value.substring(0, cut) : value.substring(cut);
            if (pattern.matcher(part).matches()) {
                return front ? value.substring(cut) : value.substring(0, cut);
            }
        }
        return value;
    }

    private String replaced(String name, int begin, int depth) throws ExpansionException {
        at++;
        char mode = peek();
        if (mode == '/' || mode == '#' || mode == '%') {
            at++;
        }
        String search = until("/", begin, depth);
        at++;
        String replacement = argument("}", begin, depth);
        String value = value(name);
        if (search.isEmpty()) {
            return value;
        }
        int first = value.indexOf(search);
        return switch (mode) {
            case '/' -> value.replace(search, replacement);
            case '#' -> first == 0 ? replacement + value.substring(search.length()) : value;
            case '%' ->
                value.endsWith(search) ? value.substring(0, value.length() - search.length()) + replacement : value;
            default ->
                first < 0 ? value : value.substring(0, first) + replacement + value.substring(first + search.length());
        };
    }

    /** An argument and the brace behind it. */
    private String argument(String ends, int begin, int depth) throws ExpansionException {
        String argument = until(ends, begin, depth);
        close(begin);
        return argument;
    }

    /** The text up to one of some characters, which is not read; variables in it are expanded. */
    private String until(String ends, int begin, int depth) throws ExpansionException {
        StringBuilder out = new StringBuilder();
        while (ends.indexOf(peek()) < 0) {
            if (at >= text.length()) {
                throw bad(begin);
            }
            if (text.startsWith("${", at)) {
                out.append(variable(depth + 1));
            } else {
                boolean escaped = ends.equals("/") && (text.startsWith("\\/", at) || text.startsWith("\\\\", at));
                at += escaped ? 1 : 0;
                out.append(text.charAt(at++));
            }
            if (out.length() > LENGTH) {
                throw new ExpansionException("the text becomes longer than " + LENGTH + " characters");
            }
        }
        return out.toString();
    }

    private String name(int begin) throws ExpansionException {
        int from = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_') {
            at++;
        }
        if (from == at) {
            throw bad(begin);
        }
        return text.substring(from, at);
    }

    private void close(int begin) throws ExpansionException {
        if (peek() != '}') {
            throw bad(begin);
        }
        at++;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private String orDefault(String name, String fallback) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? fallback : value;
    }

    private String value(String name) throws ExpansionException {
        String value = values.get(name);
        if (value == null && strict) {
            throw new ExpansionException("the variable \"" + name + "\" has neither a value nor a default");
        }
        return value == null ? "" : value;
    }

    private ExpansionException bad(int begin) {
        return new ExpansionException("\"" + shown(begin) + "\" is not a variable's expression");
    }

    /** What was written, up to the next brace; it is the manifest's own text and no value. */
    private String shown(int begin) {
        int end = text.indexOf('}', begin);
        String whole = text.substring(begin, end < 0 ? text.length() : end + 1).replaceAll("\\s+", " ");
        return whole.length() <= 60 ? whole : whole.substring(0, 60) + "...";
    }

    /** A shell pattern: {@code *}, {@code ?} and classes in brackets. */
    private static Pattern glob(String glob) throws ExpansionException {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> {
                    int end = glob.indexOf(']', i + 2);
                    if (end < 0) {
                        throw new ExpansionException("the pattern \"" + glob + "\" has no end of its brackets");
                    }
                    String characters = glob.substring(i + 1, end)
                            .replace("\\", "\\\\")
                            .replace("[", "\\[")
                            .replace("&&", "&\\&");
                    regex.append('[').append(characters.replaceFirst("^!", "^")).append(']');
                    i = end;
                }
                case '\\' -> {
                    i++;
                    regex.append(Pattern.quote(i < glob.length() ? glob.substring(i, i + 1) : "\\"));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new ExpansionException("the pattern \"" + glob + "\" is not valid");
        }
    }
}
