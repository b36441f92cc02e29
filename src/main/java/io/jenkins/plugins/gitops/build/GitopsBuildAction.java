package io.jenkins.plugins.gitops.build;

import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.RunAction2;

/** The runs of one build: a line on the build's page, and a page of its own for each app. */
public final class GitopsBuildAction implements RunAction2 {

    private final List<AppResult> apps = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;

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
        AppResult result = new AppResult(key, report);
        result.attach(run);
        apps.add(result);
        return result;
    }

    /** In the order in which they ended. */
    public List<AppResult> getApps() {
        return new ArrayList<>(apps);
    }

    /** The page of an app; {@code null} where there is none of that name. */
    public AppResult getApp(String key) {
        return apps.stream().filter(app -> app.getKey().equals(key)).findFirst().orElse(null);
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
