package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that ends a test's control plane when this JVM is gone. It reads a pipe that the JVM never writes to: the
 * operating system closes it whether the JVM ends well, is killed or crashes, which no shutdown hook could promise.
 */
final class Guardian {
    /** Kept for good: a collected process would close its pipe, and so end the control plane. */
    private static final List<Process> GUARDIANS = new ArrayList<>();

    private static final String SCRIPT =
            """
            trap '' INT HUP TERM
            read ignored
            for file in "$1"/run/*.pid; do
              pid=$(cat "$file" 2>/dev/null) || continue
              if [ -d /proc/self ]; then command=$(tr '\\0' ' ' < "/proc/$pid/cmdline"); \\
                else command=$(ps -o command= -p "$pid"); fi 2>/dev/null
              case "$command" in *"$1/"*) kill -9 "$pid" ;; esac
            done
            sleep 0.2
            rm -rf "$1"
            """;

    private Guardian() {}

    /**
     * @param directory the control plane's, removed with all in it in the end
     */
    static synchronized void watch(Path directory) throws IOException {
        GUARDIANS.add(new ProcessBuilder("/bin/sh", "-c", SCRIPT, "guardian", directory.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }
}
