package io.jenkins.plugins.gitops.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * A ratio of two medians that must not be exceeded.
 *
 * @param what in a reader's words
 * @param limit the largest ratio that is good enough
 */
record Requirement(String what, Term one, Term other, double limit) {

    /** A median. */
    record Term(int size, Scenario scenario, Subject subject, ToLongFunction<Measurement> value) {

        static Term wall(int size, Scenario scenario, Subject subject) {
            return new Term(size, scenario, subject, Measurement::wallMillis);
        }

        OptionalDouble of(Results results) {
            return results.median(size, scenario, subject, value);
        }
    }

    /** Nobody asks for them; they tell how much of a ratio is the start of a JVM. */
    static List<Requirement> comparisons() {
        return List.of(
                first(1_000, Subject.COLD, Subject.RAW_COLD, Double.POSITIVE_INFINITY),
                first(5_000, Subject.COLD, Subject.RAW_COLD, Double.POSITIVE_INFINITY));
    }

    static List<Requirement> all() {
        return List.of(
                first(1_000, Subject.WARM, Subject.RAW, 1.3),
                first(5_000, Subject.WARM, Subject.RAW, 1.3),
                first(1_000, Subject.COLD, Subject.RAW, 1.3),
                first(5_000, Subject.COLD, Subject.RAW, 1.3),
                firstToKubectl(1_000),
                firstToKubectl(5_000),
                noop(Subject.COLD, Subject.KUBECTL, 8),
                noop(Subject.COLD, Subject.RAW, 3),
                noop(Subject.WARM, Subject.KUBECTL, 30),
                noop(Subject.WARM, Subject.RAW, 10),
                drift(Subject.COLD, 8),
                drift(Subject.WARM, 40),
                new Requirement(
                        "5,000: healing sync to drift check, cold",
                        Term.wall(5_000, Scenario.HEAL, Subject.COLD),
                        Term.wall(5_000, Scenario.DRIFT, Subject.COLD),
                        1.5),
                new Requirement(
                        "5,000: healing sync to drift check, warm",
                        Term.wall(5_000, Scenario.HEAL, Subject.WARM),
                        Term.wall(5_000, Scenario.DRIFT, Subject.WARM),
                        1.5),
                new Requirement(
                        "no-op sync, cold, 20,000 to 5,000",
                        Term.wall(20_000, Scenario.NOOP, Subject.COLD),
                        Term.wall(5_000, Scenario.NOOP, Subject.COLD),
                        4.6),
                probe(Subject.COLD),
                probe(Subject.WARM),
                new Requirement(
                        "5,000: probe to drift check, bytes",
                        new Term(5_000, Scenario.PROBE, Subject.COLD, Measurement::answerBytes),
                        new Term(5_000, Scenario.DRIFT, Subject.COLD, Measurement::answerBytes),
                        1.0 / 3));
    }

    private static Requirement first(int size, Subject subject, Subject raw, double limit) {
        return new Requirement(
                String.format("%,d: first sync, %s, to %s", size, name(subject), name(raw)),
                Term.wall(size, Scenario.FIRST, subject),
                Term.wall(size, Scenario.FIRST, raw),
                limit);
    }

    private static Requirement firstToKubectl(int size) {
        return new Requirement(
                String.format("%,d: first sync, cold, to kubectl", size),
                Term.wall(size, Scenario.FIRST, Subject.COLD),
                Term.wall(size, Scenario.FIRST, Subject.KUBECTL),
                1);
    }

    private static Requirement noop(Subject subject, Subject other, int part) {
        return new Requirement(
                "5,000: no-op sync, " + name(subject) + ", to " + name(other),
                Term.wall(5_000, Scenario.NOOP, subject),
                Term.wall(5_000, Scenario.NOOP, other),
                1.0 / part);
    }

    private static Requirement drift(Subject subject, int part) {
        return new Requirement(
                "5,000: drift check, " + name(subject) + ", to kubectl diff",
                Term.wall(5_000, Scenario.DRIFT, subject),
                Term.wall(5_000, Scenario.DRIFT, Subject.KUBECTL),
                1.0 / part);
    }

    private static Requirement probe(Subject subject) {
        return new Requirement(
                "5,000: probe to drift check, time, " + name(subject),
                Term.wall(5_000, Scenario.PROBE, subject),
                Term.wall(5_000, Scenario.DRIFT, subject),
                1.0 / 2);
    }

    private static String name(Subject subject) {
        return switch (subject) {
            case COLD -> "cold";
            case WARM -> "warm";
            case KUBECTL -> "kubectl";
            case RAW -> "the raw limit";
            case RAW_COLD -> "the raw client, cold";
        };
    }

    /** Empty where one of the two was not measured. */
    OptionalDouble ratio(Results results) {
        OptionalDouble above = one.of(results);
        OptionalDouble below = other.of(results);
        return above.isEmpty() || below.isEmpty() || below.getAsDouble() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(above.getAsDouble() / below.getAsDouble());
    }
}
