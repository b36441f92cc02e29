package io.jenkins.plugins.gitops.engine.source;

import java.lang.management.ManagementFactory;

/** What a test may measure on a machine that is busy with other things, too. */
public final class ProcessorTime {

    private ProcessorTime() {}

    /** How long this process has kept processors busy. */
    public static long nanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
