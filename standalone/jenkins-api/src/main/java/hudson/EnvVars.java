package hudson;

import java.util.TreeMap;

/** The environment of a build; names are not case-sensitive. */
public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;

    public String get(String key, String defaultValue) {
        throw new UnsupportedOperationException();
    }
}
