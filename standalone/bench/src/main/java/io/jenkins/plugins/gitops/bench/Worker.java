package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * What is measured in a JVM of its own: it does what its standard input says (a line each: command, repository, namespace,
 * parted by tabs), and answers each with one line of JSON. See {@link WorkerProcess}.
 */
abstract class Worker {

    static final ObjectMapper MAPPER = new ObjectMapper();

    /** What somebody else would have done beforehand; not measured. */
    void prepare(String command, String repository) throws Exception {}

    /** Is measured. */
    abstract void run(String command, String repository, String namespace, ObjectNode answer) throws Exception;

    /** Until the input ends. */
    final void serve() throws IOException {
        long started =
                ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        say(MAPPER.createObjectNode().put("startMillis", System.currentTimeMillis() - started));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            say(measured(line.split("\t")));
        }
    }

    private static void say(ObjectNode answer) {
        System.out.println(answer);
        System.out.flush();
    }

    private ObjectNode measured(String... order) {
        ObjectNode answer = MAPPER.createObjectNode();
        try {
            prepare(order[0], order[1]);
            long cpu = cpuMillis();
            long start = System.nanoTime();
            run(order[0], order[1], order[2], answer);
            return answer.put("wallMillis", (System.nanoTime() - start) / 1_000_000)
                    .put("cpuMillis", cpuMillis() - cpu)
                    .put("peakKiB", Proc.peakKiB("self"));
        } catch (Exception e) {
            return answer.put("error", String.valueOf(e));
        }
    }

    private static long cpuMillis() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1_000_000;
    }
}
