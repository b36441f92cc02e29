package io.jenkins.plugins.gitops.engine.tool;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What a program may use.
 *
 * @param time from its start to its end
 * @param memoryBytes address space of each of its processes; held where the system can, which is on Linux
 * @param outputBytes of standard output
 */
public record ToolLimits(Duration time, long memoryBytes, int outputBytes) implements Serializable {

    /** Two minutes, 4 GiB, 64 MiB: far above what any folder needs, far below what harms the machine. */
    public static final ToolLimits DEFAULT = new ToolLimits(Duration.ofMinutes(2), 4L << 30, 64 << 20);

    public ToolLimits {
        Objects.requireNonNull(time, "time");
    }
}
