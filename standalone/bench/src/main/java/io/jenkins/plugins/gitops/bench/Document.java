package io.jenkins.plugins.gitops.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The page that says how it was measured, where, and what came of it. */
final class Document {

    private final Results results;
    private final List<String> arguments;
    private final String jvmOptions;

    /** @param arguments of the command, to be repeated by others */
    Document(Results results, List<String> arguments, String jvmOptions) {
        this.results = results;
        // Not how it was measured, but how the page was written again.
        this.arguments = arguments.stream()
                .filter(argument -> !argument.equals("--report-only"))
                .toList();
        this.jvmOptions = jvmOptions;
    }

    String markdown(String kubernetes) throws IOException {
        try (InputStream in = Document.class.getResourceAsStream("benchmarks.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${arguments}", String.join(" ", arguments))
                    .replace("${kinds}", String.valueOf(Repository.kinds()))
                    .replace("${machine}", machine(kubernetes))
                    .replace("${tables}", new Tables(results).markdown().strip());
        }
    }

    private String machine(String kubernetes) throws IOException {
        return String.format(
                Locale.ROOT,
                "%d processors (%s), %s, %s %s, Java %s with `%s`, Kubernetes %s, %s; the API server and etcd run on the"
                        + " same processors as the client.",
                Runtime.getRuntime().availableProcessors(),
                fact(Path.of("/proc/cpuinfo"), "model name", "model not known"),
                memory(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                jvmOptions,
                kubernetes,
                LocalDate.now(ZoneOffset.UTC));
    }

    private static String memory() throws IOException {
        String total = fact(Path.of("/proc/meminfo"), "MemTotal", "");
        return total.isEmpty()
                ? "memory not known"
                : Math.round(Long.parseLong(total.replaceAll("[^0-9]", "")) / 1024.0 / 1024.0) + " GiB";
    }

    private static String fact(Path file, String name, String unknown) throws IOException {
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(name)) {
                    return line.substring(line.indexOf(':') + 1).trim();
                }
            }
        }
        return unknown;
    }
}
