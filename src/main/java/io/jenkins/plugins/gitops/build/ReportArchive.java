package io.jenkins.plugins.gitops.build;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportFiles;
import io.jenkins.plugins.gitops.engine.report.ReportFormatException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.BuildListenerAdapter;
import jenkins.util.VirtualFile;

/**
 * Reports as artifacts of a build, wherever its artifact manager keeps them. They are written on the controller from
 * the checked report: no file of a node becomes an artifact here.
 */
public final class ReportArchive {

    private static final Logger LOGGER = Logger.getLogger(ReportArchive.class.getName());
    private static final String JSON = "report.json";

    private ReportArchive() {}

    static String folder(String key) {
        return "gitops/" + key;
    }

    /** Archives every form of the report below {@code gitops/<app>/}. */
    public static void archive(Run<?, ?> run, Launcher launcher, TaskListener listener, AppResult result, Report report)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("gitops-report");
        try {
            Map<String, String> artifacts = new LinkedHashMap<>();
            for (Path file : ReportFiles.write(report, folder).all()) {
                String name = folder.relativize(file).toString();
                artifacts.put(folder(result.getKey()) + "/" + name, name);
            }
            run.pickArtifactManager()
                    .archive(new FilePath(folder.toFile()), launcher, BuildListenerAdapter.wrap(listener), artifacts);
            result.archived(artifacts.values().stream().toList());
        } finally {
            new FilePath(folder.toFile()).deleteRecursive();
        }
    }

    /** The archived report; {@code null} where it was deleted, or is not one that this version reads. */
    static Report read(Run<?, ?> run, String key) throws IOException {
        VirtualFile file = run.getArtifactManager().root().child(folder(key) + "/" + JSON);
        if (!file.isFile()) {
            return null;
        }
        try (InputStream json = file.open()) {
            return ReportJson.read(json);
        } catch (ReportFormatException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot read " + file);
            return null;
        }
    }
}
