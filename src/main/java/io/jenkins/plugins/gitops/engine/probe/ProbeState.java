package io.jenkins.plugins.gitops.engine.probe;

import java.io.Serializable;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one look at an app has seen.
 *
 * @param digests by the objects' names
 */
public record ProbeState(SortedMap<String, String> digests) implements Serializable {

    public ProbeState {
        digests = new TreeMap<>(digests);
    }

    /** The objects that differ from an earlier look: changed, gone, or back again. */
    public SortedSet<String> since(ProbeState before) {
        SortedSet<String> moved = new TreeSet<>();
        digests.forEach((id, digest) -> {
            if (!digest.equals(before.digests.get(id))) {
                moved.add(id);
            }
        });
        before.digests.keySet().stream().filter(id -> !digests.containsKey(id)).forEach(moved::add);
        return moved;
    }

    /** One {@code <digest> <object>} a line. */
    @Override
    public String toString() {
        return digests.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** From what {@link #toString} has written; what is no such line is left out. */
    public static ProbeState parse(String text) {
        return new ProbeState(text.lines()
                .map(line -> line.split(" ", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (a, b) -> b, TreeMap::new)));
    }
}
