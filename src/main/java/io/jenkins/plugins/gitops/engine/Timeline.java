package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.annotation.HookPhase;
import io.jenkins.plugins.gitops.engine.apply.HookRun;
import io.jenkins.plugins.gitops.engine.apply.Wave;
import io.jenkins.plugins.gitops.engine.plan.Change;
import io.jenkins.plugins.gitops.engine.plan.HookPlan;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.report.ObjectReport.Result;
import io.jenkins.plugins.gitops.engine.report.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order in which a sync goes: as planned, and what has become of it so far. */
final class Timeline {

    private static final int PRUNE = Integer.MAX_VALUE;

    private record Span(long from, long to) {}

    private final long start;
    private final Map<Integer, Span> spans = new HashMap<>();
    private List<HookRun> runs = List.of();
    private Integer open;
    private long openedAt;

    /** @param start of the run, as {@link System#nanoTime()} tells it */
    Timeline(long start) {
        this.start = start;
    }

    /** The hooks that have begun, filled while they do. */
    void follow(List<HookRun> hookRuns) {
        runs = hookRuns;
    }

    void beginWave(int number) {
        begin(number);
    }

    void beginPrune() {
        begin(PRUNE);
    }

    private void begin(int what) {
        end();
        open = what;
        openedAt = System.nanoTime();
    }

    /** What was begun has ended well. */
    void end() {
        if (open != null) {
            spans.put(open, new Span(openedAt, System.nanoTime()));
            open = null;
        }
    }

    /**
     * @param deletion whether the app is deleted
     * @param writes whether anything of it was to be carried out, or is only planned
     */
    List<Step> steps(Plan plan, HookPlan hooks, boolean deletion, boolean writes) {
        Result notYet = writes ? Result.NOT_REACHED : Result.PLANNED;
        return deletion ? deletion(plan, hooks, notYet) : sync(plan, hooks, notYet);
    }

    private List<Step> deletion(Plan plan, HookPlan hooks, Result notYet) {
        List<Step> steps = new ArrayList<>();
        hooks(hooks.in(HookPhase.PRE_DELETE), notYet, steps);
        prune(plan, notYet, steps);
        hooks(hooks.in(HookPhase.POST_DELETE), notYet, steps);
        return steps;
    }

    private void prune(Plan plan, Result notYet, List<Step> steps) {
        if (!plan.prunes().isEmpty()) {
            steps.add(step(Step.Kind.PRUNE, "Prune", 0, plan.prunes().size(), PRUNE, notYet));
        }
    }

    private List<Step> sync(Plan plan, HookPlan hooks, Result notYet) {
        List<Step> steps = new ArrayList<>();
        hooks(hooks.in(HookPhase.PRE_SYNC), notYet, steps);
        if (plan.writes() || hooks.due()) {
            for (Wave wave : Wave.of(plan.declared().toList(), hooks.in(HookPhase.SYNC))) {
                if (wave.writes()) {
                    steps.add(wave(wave, notYet));
                    hooks(wave.hooks(), notYet, steps);
                }
            }
        }
        hooks(hooks.in(HookPhase.POST_SYNC), notYet, steps);
        prune(plan, notYet, steps);
        runs.stream()
                .filter(run -> run.task().phase() == HookPhase.SYNC_FAIL)
                .forEach(run -> steps.add(hook(run.task(), run, notYet)));
        return steps;
    }

    private Step wave(Wave wave, Result notYet) {
        int written = (int) wave.changes().stream()
                .map(Change::action)
                .filter(action -> action.writes())
                .count();
        return step(Step.Kind.WAVE, HookPhase.SYNC.title(), wave.number(), written, wave.number(), notYet);
    }

    private Step step(Step.Kind kind, String phase, int wave, int objects, int key, Result notYet) {
        Span span = spans.get(key);
        boolean isOpen = open != null && open == key;
        if (span == null && !isOpen) {
            return new Step(kind, phase, wave, null, objects, notYet, null, null, "");
        }
        long from = isOpen ? openedAt : span.from();
        long to = isOpen ? System.nanoTime() : span.to();
        return new Step(
                kind,
                phase,
                wave,
                null,
                objects,
                isOpen ? Result.FAILED : Result.DONE,
                Duration.ofNanos(from - start),
                Duration.ofNanos(to - from),
                "");
    }

    private void hooks(List<HookTask> tasks, Result notYet, List<Step> steps) {
        tasks.stream()
                .sorted(Comparator.comparingInt(HookTask::wave).thenComparing(HookTask::id))
                .forEach(task -> steps.add(hook(task, run(task), notYet)));
    }

    private HookRun run(HookTask task) {
        return runs.stream().filter(run -> run.task() == task).findFirst().orElse(null);
    }

    private Step hook(HookTask task, HookRun run, Result notYet) {
        String phase = task.phase().title();
        if (run == null) {
            return new Step(Step.Kind.HOOK, phase, task.wave(), task.id(), 1, notYet, null, null, "");
        }
        boolean failed = run.problem() != null || run.isRunning();
        return new Step(
                Step.Kind.HOOK,
                phase,
                task.wave(),
                task.id(),
                1,
                failed ? Result.FAILED : Result.DONE,
                Duration.ofNanos(run.startedAt() - start),
                run.duration(),
                run.problem() == null
                        ? run.isRunning() ? "the sync ended while it ran" : ""
                        : run.problem().message());
    }
}
