package io.jenkins.plugins.gitops.trigger;

import hudson.model.Action;
import hudson.model.Job;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** The page of a job that shows what the last check found. */
public final class CheckLog implements Action {

    private final Job<?, ?> job;

    CheckLog(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** What the last check said; {@code null} where there was none. */
    public String getText() throws IOException {
        File file = GitopsTrigger.logFile(job);
        return file.isFile() ? Files.readString(file.toPath(), StandardCharsets.UTF_8) : null;
    }

    @Override
    public String getIconFileName() {
        return "symbol-gitops plugin-gitops";
    }

    @Override
    public String getDisplayName() {
        return Messages.CheckLog_displayName();
    }

    @Override
    public String getUrlName() {
        return "gitops-check-log";
    }
}
