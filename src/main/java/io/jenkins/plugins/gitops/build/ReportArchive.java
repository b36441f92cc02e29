package io.jenkins.plugins.gitops.build;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.engine.disk.WholeFile;
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
import java.util.regex.Pattern;
import jenkins.util.BuildListenerAdapter;
import jenkins.util.VirtualFile;

/**
 * Reports as artifacts of a build, wherever its artifact manager keeps them. They are written on the controller from
 * the checked report: no file of a node becomes an artifact here.
 */
public final class ReportArchive {

    private static final Logger LOGGER = Logger.getLogger(ReportArchive.class.getName());
    private static final String JSON = "report.json";
    private static final String PLAN = "plan.json";
    private static final Pattern PLAN_PATH = Pattern.compile("gitops/[a-z0-9][a-z0-9.-]*/" + Pattern.quote(PLAN));

    /** More than a plan ever is. */
    private static final int MAX_PLAN = 2 * ReportJson.MAX_BYTES;

    private ReportArchive() {}

    static String folder(String key) {
        return "gitops/" + key;
    }

    /** Where the plan of an app is among the artifacts of its build. */
    public static String planPath(AppResult result) {
        return folder(result.getKey()) + "/" + PLAN;
    }

    /**
     * Archives every form of the report below {@code gitops/<app>/}.
     *
     * @param plan the plan to be reviewed; {@code null} where there is none
     */
    public static void archive(
            Run<?, ?> run, Launcher launcher, TaskListener listener, AppResult result, Report report, byte[] plan)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("gitops-report");
        try {
            Map<String, String> artifacts = new LinkedHashMap<>();
            for (Path file : ReportFiles.write(report, folder).all()) {
                String name = folder.relativize(file).toString();
                artifacts.put(folder(result.getKey()) + "/" + name, name);
            }
            if (plan != null) {
                WholeFile.writePrivately(folder.resolve(PLAN), plan);
                artifacts.put(planPath(result), PLAN);
            }
            run.pickArtifactManager()
                    .archive(new FilePath(folder.toFile()), launcher, BuildListenerAdapter.wrap(listener), artifacts);
            result.archived(artifacts.values().stream().toList());
        } finally {
            new FilePath(folder.toFile()).deleteRecursive();
        }
    }

    /** The archived plan at one of the paths where plans are; {@code null} where there is none. */
    public static byte[] readPlan(Run<?, ?> run, String path) throws IOException {
        if (!PLAN_PATH.matcher(path).matches()) {
            return null;
        }
        VirtualFile file = run.getArtifactManager().root().child(path);
        if (!file.isFile()) {
            return null;
        }
        try (InputStream content = file.open()) {
            return content.readNBytes(MAX_PLAN);
        }
    }

    /** The archived report, or why there is none that this version reads. */
    static ArchivedReport read(Run<?, ?> run, String key) throws IOException {
        VirtualFile file = run.getArtifactManager().root().child(folder(key) + "/" + JSON);
        if (!file.isFile()) {
            return ArchivedReport.missing(Messages.ReportArchive_deleted());
        }
        try (InputStream json = file.open()) {
            return ArchivedReport.of(ReportJson.read(json));
        } catch (ReportFormatException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot read " + file);
            return ArchivedReport.missing(Messages.ReportArchive_unsound(folder(key) + "/" + JSON, e.getMessage()));
        }
    }
}
