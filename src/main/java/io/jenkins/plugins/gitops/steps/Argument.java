package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments of steps that are text and stand for more: read for a run, and checked for a form, in the same way. */
final class Argument {

    private Argument() {}

    /** Reads an argument. */
    @FunctionalInterface
    interface Reader<T> {
        T read() throws BadInputException;
    }

    /** @throws AbortException with what is wrong with it */
    static <T> T read(Reader<T> reader) throws AbortException {
        try {
            return reader.read();
        } catch (BadInputException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** For a form: what is wrong with an argument; nothing is where it is empty. */
    static FormValidation check(String value, Reader<?> reader) {
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        try {
            reader.read();
            return FormValidation.ok();
        } catch (BadInputException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** A list as a Pipeline gives it, or as a form does: one text, with a line for each item. */
    static List<String> lines(List<String> items) {
        List<String> lines = new ArrayList<>();
        for (String item : items == null ? List.<String>of() : items) {
            item.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
        }
        return lines;
    }

    /** {@code KEY=VALUE}, as {@code withEnv} takes them. */
    static Map<String, String> map(String name, List<String> items) throws BadInputException {
        Map<String, String> map = new LinkedHashMap<>();
        for (String item : items) {
            int sign = item.indexOf('=');
            if (sign < 1) {
                // The text is not repeated: it may be a value alone, and secret.
                throw new BadInputException(Messages.Argument_noPair(name, items.indexOf(item) + 1), "");
            }
            map.put(item.substring(0, sign), item.substring(sign + 1));
        }
        return map;
    }
}
