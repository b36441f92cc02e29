package io.jenkins.plugins.gitops.bench;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** The results as Markdown. */
final class Tables {

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    Tables(Results results) {
        this.results = results;
    }

    String markdown() {
        for (int size : results.sizes()) {
            line("### %,d objects", size);
            line("");
            line("| | subject | wall s | CPU s | peak MiB | requests | read MB | answers MB | runs |");
            line("|---|---|--:|--:|--:|--:|--:|--:|--:|");
            for (Scenario scenario : Scenario.values()) {
                for (Subject subject : Subject.values()) {
                    row(size, scenario, subject);
                }
            }
            line("");
        }
        requirements();
        return text.toString();
    }

    private void row(int size, Scenario scenario, Subject subject) {
        int runs = results.count(size, scenario, subject);
        if (runs == 0) {
            return;
        }
        line(
                "| %s | %s | %s | %s | %s | %s | %s | %s | %d |",
                scenario.title(),
                subject.title(),
                number(size, scenario, subject, Measurement::wallMillis, 1000, "%.2f"),
                number(size, scenario, subject, Measurement::cpuMillis, 1000, "%.2f"),
                number(size, scenario, subject, Measurement::peakKiB, 1024, "%.0f"),
                number(size, scenario, subject, Measurement::requests, 1, "%,.0f"),
                number(size, scenario, subject, Measurement::readBytes, 1e6, "%.1f"),
                number(size, scenario, subject, Measurement::answerBytes, 1e6, "%.1f"),
                runs);
    }

    private String number(
            int size, Scenario scenario, Subject subject, ToLongFunction<Measurement> value, double unit, String form) {
        OptionalDouble median = results.median(size, scenario, subject, value);
        return median.isEmpty() || median.getAsDouble() == 0
                ? "-"
                : String.format(Locale.ROOT, form, median.getAsDouble() / unit);
    }

    private void requirements() {
        line("| ratio of medians | is | must be at most | |");
        line("|---|--:|--:|---|");
        for (Requirement requirement : Requirement.all()) {
            OptionalDouble ratio = requirement.ratio(results);
            if (ratio.isPresent()) {
                line(
                        "| %s | %.3f | %.3f | %s |",
                        requirement.what(),
                        ratio.getAsDouble(),
                        requirement.limit(),
                        ratio.getAsDouble() <= requirement.limit() ? "met" : "**missed**");
            }
        }
        for (Requirement comparison : Requirement.comparisons()) {
            OptionalDouble ratio = comparison.ratio(results);
            if (ratio.isPresent()) {
                line("| %s | %.3f | - | for comparison |", comparison.what(), ratio.getAsDouble());
            }
        }
        OptionalDouble start =
                results.median(results.sizes().last(), Scenario.NOOP, Subject.COLD, Measurement::startMillis);
        if (start.isPresent()) {
            line("");
            line("Start of the JVM, which no figure above holds: %.2f s.", start.getAsDouble() / 1000);
        }
    }

    private void line(String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
