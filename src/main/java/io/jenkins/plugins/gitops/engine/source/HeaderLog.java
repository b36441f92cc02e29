package io.jenkins.plugins.gitops.engine.source;

import java.util.Locale;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Java itself logs the headers of every request, those that authenticate it included, wherever somebody lets its http
 * client log at {@code FINE}. Such a record is left out; all others stay.
 */
final class HeaderLog implements Filter {

    /** Held, so that the filter is not collected with the logger. */
    private static final Logger OF_JAVA = Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection");

    private final Filter before;

    private HeaderLog(Filter before) {
        this.before = before;
    }

    /** Once is enough for this process, unless somebody has put another filter there. */
    static synchronized void withoutCredentials() {
        if (!(OF_JAVA.getFilter() instanceof HeaderLog)) {
            OF_JAVA.setFilter(new HeaderLog(OF_JAVA.getFilter()));
        }
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        String message = String.valueOf(record.getMessage()).toLowerCase(Locale.ROOT);
        boolean secret = message.contains("{authorization:")
                || message.contains("{proxy-authorization:")
                || message.contains("cookie:")
                || message.contains("{private-token:");
        return !secret && (before == null || before.isLoggable(record));
    }
}
