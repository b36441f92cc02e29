package io.jenkins.plugins.gitops.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What is told, and where. */
@OptionGroup("Output")
final class OutputOptions {

    /** The forms of standard output. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description =
                    "Write report.json, report.html, report.md and junit.xml there; validate also validate.sarif.")
    Path report;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "With json, standard output holds one JSON document and nothing else. Default: text.")
    Format format;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only problems and totals.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Unchanged objects too.")
    boolean verbose;
}
