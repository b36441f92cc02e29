package io.jenkins.plugins.gitops.build;

import hudson.model.BuildBadgeAction;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import jenkins.model.RunAction2;

/**
 * The runs of one build: a line on the build's page, a badge in the history, and a page of its own for each app.
 */
public final class GitopsBuildAction implements RunAction2, BuildBadgeAction {

    /** How far back the last look at a cluster is searched for: builds may have failed before they came to it. */
    private static final int MAX_BUILDS_BACK = 50;

    private static final int MAX_TOOLTIP = 10;

    private final List<AppResult> apps = new CopyOnWriteArrayList<>();
    private transient volatile Run<?, ?> run;

    /** The action of a build; it is added where there is none. */
    public static GitopsBuildAction of(Run<?, ?> run) {
        synchronized (run) {
            GitopsBuildAction action = run.getAction(GitopsBuildAction.class);
            if (action == null) {
                action = new GitopsBuildAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /**
     * Remembers what a run found and did. An app that was there before gets a number behind its name.
     *
     * @param app the app's name as the controller knows it: a report comes from a node
     */
    public synchronized AppResult add(String app, Report report) {
        String key = app;
        for (int number = 2; getApp(key) != null; number++) {
            key = app + "-" + number;
        }
        AppResult result = new AppResult(key, app, report, since(app, report));
        result.attach(run);
        apps.add(result);
        return result;
    }

    private Since since(String app, Report report) {
        if (!Since.isToldBy(report)) {
            return null;
        }
        Since before = last(app, report.cluster().server());
        Run<?, ?> build = run.getPreviousBuild();
        for (int looked = 0; before == null && build != null && looked < MAX_BUILDS_BACK; looked++) {
            GitopsBuildAction action = build.getAction(GitopsBuildAction.class);
            before = action == null ? null : action.last(app, report.cluster().server());
            build = build.getPreviousBuild();
        }
        return new Since(before, report, run.getNumber());
    }

    /** What was last seen of an app in a cluster; {@code null} where that was not seen. */
    private Since last(String app, String server) {
        Since last = null;
        for (AppResult result : apps) {
            if (result.isAbout(app, server) && result.getSince() != null) {
                last = result.getSince();
            }
        }
        return last;
    }

    /** In the order in which they ended. */
    public List<AppResult> getApps() {
        return new ArrayList<>(apps);
    }

    /** The page of an app; {@code null} where there is none of that name. */
    public AppResult getApp(String key) {
        return apps.stream().filter(app -> app.getKey().equals(key)).findFirst().orElse(null);
    }

    /** The worst of the apps, as {@link AppResult#getTone()} says it. */
    public String getTone() {
        List<String> tones = apps.stream().map(AppResult::getTone).toList();
        return tones.contains("error") ? "error" : tones.contains("warning") ? "warning" : "success";
    }

    /** {@code shop: Out of sync, 2 drifted}, a line for each app. */
    public String getTooltip() {
        return apps.stream()
                .limit(MAX_TOOLTIP)
                .map(result -> {
                    String trouble = result.getTotals().getTrouble();
                    return result.getKey() + ": " + result.getVerdict() + (trouble.isEmpty() ? "" : ", " + trouble);
                })
                .collect(Collectors.joining("\n"));
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        onLoad(attached);
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
        apps.forEach(app -> app.attach(loaded));
    }

    @Override
    public String getIconFileName() {
        return "symbol-gitops plugin-gitops";
    }

    @Override
    public String getDisplayName() {
        return Messages.GitopsBuildAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "gitops";
    }
}
