package io.jenkins.plugins.gitops.engine.cel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute URL or an absolute path, taken apart as Go does it.
 *
 * @param host with the port, and brackets around an IPv6 address
 * @param escapedPath as it was written
 * @param query without the question mark
 */
record Url(String scheme, String host, String escapedPath, String query) {

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.]+(%25[^\\]]*)?]|[^\\s\\[\\]<>\"`{}|\\\\^:/?#]*)(:\\d*)?");

    /** {@code null} where it is none. */
    static Url of(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return null;
        }
        Matcher matcher = SCHEME.matcher(text);
        String scheme = matcher.lookingAt() ? matcher.group(1).toLowerCase(java.util.Locale.ROOT) : "";
        String rest = text.substring(scheme.isEmpty() ? 0 : scheme.length() + 1);
        if (!rest.startsWith("/")) {
            // Such as mailto:somebody; it has no path.
            return scheme.isEmpty() ? null : new Url(scheme, "", "", "");
        }
        int fragment = rest.indexOf('#');
        String whole = fragment < 0 ? rest : rest.substring(0, fragment);
        int question = whole.indexOf('?');
        String query = question < 0 ? "" : whole.substring(question + 1);
        String path = question < 0 ? whole : whole.substring(0, question);
        String host = "";
        if (path.startsWith("//") && (!scheme.isEmpty() || !path.startsWith("///"))) {
            int slash = path.indexOf('/', 2);
            String authority = slash < 0 ? path.substring(2) : path.substring(2, slash);
            path = slash < 0 ? "" : path.substring(slash);
            host = authority.substring(authority.lastIndexOf('@') + 1);
            if (!HOST.matcher(host).matches()) {
                return null;
            }
        }
        return BAD_ESCAPE.matcher(path).find() ? null : new Url(scheme, host, escaped(path), query);
    }

    /** What Go would not leave as it stands in a path. */
    private static String escaped(String path) {
        StringBuilder out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c > 0x7e || " \"<>\\^`{|}".indexOf(c) >= 0) {
                out.append(String.format("%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    String hostname() {
        String name = host;
        int colon = name.lastIndexOf(':');
        if (colon >= 0 && name.indexOf(']', colon) < 0) {
            name = name.substring(0, colon);
        }
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    String port() {
        int colon = host.lastIndexOf(':');
        return colon >= 0 && host.indexOf(']', colon) < 0 ? host.substring(colon + 1) : "";
    }

    Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()
                    || pair.indexOf(';') >= 0
                    || BAD_ESCAPE.matcher(pair).find()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters
                    .computeIfAbsent(URLDecoder.decode(key, StandardCharsets.UTF_8), k -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
