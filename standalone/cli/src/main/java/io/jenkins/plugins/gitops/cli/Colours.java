package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.Style;

/** Colours at a terminal, unless {@code NO_COLOR} asks for none; never in a file or a pipe. */
final class Colours {

    private Colours() {}

    static Style style() {
        boolean wanted =
                System.console() != null && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return wanted ? Style.TERMINAL : Style.PLAIN;
    }
}
