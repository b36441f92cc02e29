package io.jenkins.plugins.gitops.engine.cel;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A form that a text may have to have, with what the API server says of a text that has not.
 *
 * @param name such as {@code dns1123Label}
 */
record NamedFormat(String name, int maxLength, Predicate<String> fits, String error) {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";

    private static final String LABEL_ERROR = "a lowercase RFC 1123 label must consist of lower case alphanumeric"
            + " characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or"
            + " '123-abc', regex used for validation is '" + LABEL + "')";
    private static final String SUBDOMAIN_ERROR = "a lowercase RFC 1123 subdomain must consist of lower case"
            + " alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g."
            + " 'example.com', regex used for validation is '" + SUBDOMAIN + "')";
    private static final String LABEL_1035_ERROR = "a DNS-1035 label must consist of lower case alphanumeric"
            + " characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g."
            + " 'my-name',  or 'abc-123', regex used for validation is '" + LABEL_1035 + "')";
    private static final String VALUE_ERROR = "a valid label must be an empty string or consist of alphanumeric"
            + " characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
            + " 'my_value',  or '12345', regex used for validation is '(" + QUALIFIED + ")?')";
    private static final String QUALIFIED_ERROR = "name part must consist of alphanumeric characters, '-', '_' or '.',"
            + " and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
            + " regex used for validation is '" + QUALIFIED + "')";

    private static final Map<String, NamedFormat> ALL = new LinkedHashMap<>();

    static {
        regex("dns1123Label", 63, LABEL, LABEL_ERROR);
        regex("dns1123Subdomain", 253, SUBDOMAIN, SUBDOMAIN_ERROR);
        regex("dns1035Label", 63, LABEL_1035, LABEL_1035_ERROR);
        regex("labelValue", 63, "(" + QUALIFIED + ")?", VALUE_ERROR);
        add(new NamedFormat("qualifiedName", Integer.MAX_VALUE, NamedFormat::isQualified, QUALIFIED_ERROR));
        for (String name : List.of("dns1123Label", "dns1123Subdomain", "dns1035Label")) {
            NamedFormat whole = ALL.get(name);
            // A generated name goes on behind it.
            add(new NamedFormat(
                    name + "Prefix",
                    whole.maxLength,
                    text -> whole.fits.test(text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text),
                    whole.error));
        }
        add(new NamedFormat("uri", Integer.MAX_VALUE, text -> Url.of(text) != null, "invalid URI for request"));
        regex(
                "uuid",
                Integer.MAX_VALUE,
                "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}",
                "does not match the UUID format");
        add(new NamedFormat("byte", Integer.MAX_VALUE, NamedFormat::isBase64, "invalid base64"));
        add(new NamedFormat("date", Integer.MAX_VALUE, NamedFormat::isDate, "invalid date"));
        add(new NamedFormat("datetime", Integer.MAX_VALUE, NamedFormat::isDateTime, "invalid datetime"));
    }

    private static void regex(String name, int maxLength, String regex, String error) {
        Predicate<String> fits = Pattern.compile(regex).asMatchPredicate();
        add(new NamedFormat(name, maxLength, text -> text.length() <= 10_000 && fits.test(text), error));
    }

    private static void add(NamedFormat format) {
        ALL.put(format.name, format);
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    static Optional<NamedFormat> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** What is wrong with a text; empty where nothing is. */
    List<String> errors(String text) {
        List<String> errors = new ArrayList<>();
        if (text.length() > maxLength) {
            errors.add("must be no more than " + maxLength + " bytes");
        }
        if (!fits.test(text)) {
            errors.add(error);
        }
        return errors;
    }

    private static boolean isQualified(String text) {
        int slash = text.indexOf('/');
        String prefix = slash < 0 ? "a" : text.substring(0, slash);
        String name = text.substring(slash + 1);
        return name.length() <= 63
                && name.matches(QUALIFIED)
                && ALL.get("dns1123Subdomain").errors(prefix).isEmpty();
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text.replaceFirst("(?<=\\d)[ t](?=\\d)", "T"));
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
