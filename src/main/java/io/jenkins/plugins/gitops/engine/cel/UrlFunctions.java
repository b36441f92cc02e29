package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload;

/** {@code url}, {@code isURL} and what a URL is made of. */
final class UrlFunctions {

    private static final CelType URL = OpaqueType.create("kubernetes.URL");

    private UrlFunctions() {}

    static void addTo(Functions functions) {
        functions.global("url", "string_to_url", URL, SimpleType.STRING, String.class, UrlFunctions::url);
        functions.global(
                "isURL", "is_url_string", SimpleType.BOOL, SimpleType.STRING, String.class, s -> Url.of(s) != null);
        part(functions, "getScheme", "url_get_scheme", Url::scheme);
        part(functions, "getHost", "url_get_host", Url::host);
        part(functions, "getHostname", "url_get_hostname", Url::hostname);
        part(functions, "getPort", "url_get_port", Url::port);
        part(functions, "getEscapedPath", "url_get_escaped_path", Url::escapedPath);
        functions.member(
                "getQuery",
                "url_get_query",
                MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)),
                URL,
                Url.class,
                Url::parameters);
    }

    private static void part(Functions functions, String name, String id, CelFunctionOverload.Unary<Url> body) {
        functions.member(name, id, SimpleType.STRING, URL, Url.class, body);
    }

    private static Url url(String text) {
        Url url = Url.of(text);
        if (url == null) {
            throw Functions.failure(
                    "URL parse error during conversion from string: invalid URI for request: \"" + text + "\"");
        }
        return url;
    }
}
