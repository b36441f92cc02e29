package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Tool;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells of objects that another tool applies too. */
final class OtherTools {

    private OtherTools() {}

    /** Two tools that apply one object undo each other's changes for ever. */
    static List<Problem> warnings(Plan plan, Set<Tool> takenOver) {
        List<Problem> warnings = new ArrayList<>();
        for (Tool tool : Tool.values()) {
            List<Change> kept = plan.declared()
                    .filter(change -> change.live() != null)
                    .filter(change ->
                            Tool.keeping(change.live()).filter(tool::equals).isPresent())
                    .toList();
            if (!kept.isEmpty() && !takenOver.contains(tool)) {
                warnings.add(Problem.warning(
                        null,
                        Sync.count(kept.size(), "declared object") + " (such as "
                                + kept.get(0).id() + ") "
                                + (kept.size() == 1 ? "is" : "are") + " applied by " + tool.title() + " too: the two"
                                + " would undo each other's changes",
                        "stop " + tool.title() + " from applying them, and take them over once with: --take-over "
                                + tool.name().toLowerCase(Locale.ROOT)));
            }
        }
        return warnings;
    }
}
