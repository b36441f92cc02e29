package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sync would do.
 *
 * @param changes one for every object that Git declares or that carries the app's mark, sorted by identity
 * @param problems what the server's dry run found wrong; nothing is written where one of them is an error
 */
public record Plan(List<Change> changes, List<Problem> problems) {

    public Plan {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    /** The same, but for one object of which more is known now. */
    public Plan with(ObjectId id, Change now) {
        return new Plan(
                changes.stream()
                        .map(change -> change.id().equals(id) ? now : change)
                        .toList(),
                problems);
    }

    /** Those that Git declares. */
    public Stream<Change> declared() {
        return changes.stream().filter(change -> change.target() != null);
    }

    public List<Change> prunes() {
        return changes.stream()
                .filter(change -> change.action() == Action.PRUNE)
                .toList();
    }

    public boolean differs() {
        return changes.stream().anyMatch(Change::differs);
    }

    /** Whether anything is written. */
    public boolean writes() {
        return changes.stream().anyMatch(change -> change.action().writes());
    }

    public boolean isSound() {
        return problems.stream().noneMatch(Problem::isError);
    }
}
