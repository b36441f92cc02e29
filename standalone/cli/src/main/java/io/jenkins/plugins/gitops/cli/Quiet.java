package io.jenkins.plugins.gitops.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Libraries keep their chatter to themselves: what a person should know comes from the engine. */
final class Quiet {

    /** Held so that the setting is not collected with the logger. */
    private static final Logger ROOT = Logger.getLogger("");

    private Quiet() {}

    static void logging() {
        ROOT.setLevel(Level.SEVERE);
    }
}
