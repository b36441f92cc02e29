package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Every measurement so far, kept in a file with a line of JSON for each. */
final class Results {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final List<Measurement> all = new ArrayList<>();

    private Results(Path file) {
        this.file = file;
    }

    /** Goes on with what the file holds. */
    static Results open(Path file) throws IOException {
        Results results = new Results(file);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                results.all.add(MAPPER.readValue(line, Measurement.class));
            }
        }
        return results;
    }

    void add(Measurement measurement) {
        all.add(measurement);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, json(measurement) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String json(Measurement measurement) throws JsonProcessingException {
        return MAPPER.writeValueAsString(measurement);
    }

    SortedSet<Integer> sizes() {
        SortedSet<Integer> sizes = new TreeSet<>();
        all.forEach(measurement -> sizes.add(measurement.size()));
        return sizes;
    }

    /** How often it was measured. */
    int count(int size, Scenario scenario, Subject subject) {
        return of(size, scenario, subject).size();
    }

    /** The median; empty where it was not measured. */
    OptionalDouble median(int size, Scenario scenario, Subject subject, ToLongFunction<Measurement> value) {
        long[] sorted =
                of(size, scenario, subject).stream().mapToLong(value).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0);
    }

    private List<Measurement> of(int size, Scenario scenario, Subject subject) {
        return all.stream()
                .filter(m -> m.size() == size && m.scenario() == scenario && m.subject() == subject)
                .toList();
    }
}
