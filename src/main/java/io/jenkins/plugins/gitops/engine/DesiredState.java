package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.ignore.IgnoreRules;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.SourceLines;
import io.jenkins.plugins.gitops.engine.parallel.Ahead;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import io.jenkins.plugins.gitops.engine.progress.ProgressListener;
import io.jenkins.plugins.gitops.engine.render.RenderResult;
import io.jenkins.plugins.gitops.engine.render.RenderTarget;
import io.jenkins.plugins.gitops.engine.render.Renderers;
import io.jenkins.plugins.gitops.engine.source.ConfigRepository;
import io.jenkins.plugins.gitops.engine.source.Revision;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What Git says: the config repository at one revision, and what one of its folders renders to. */
final class DesiredState implements AutoCloseable {

    private final SyncRequest request;
    private final ProgressListener progress;
    private final ConfigRepository repository;
    private final String path;
    private final Ahead<Void, RuntimeException> uncommitted = new Ahead<>(() -> {
        warnOfUncommitted();
        return null;
    });

    private DesiredState(SyncRequest request, ProgressListener progress, ConfigRepository repository) {
        this.request = request;
        this.progress = progress;
        this.repository = repository;
        this.path = request.path() == null ? repository.subfolder() : request.path();
    }

    /** Fetches what is remote. */
    static DesiredState open(SyncRequest request, ProgressListener progress, Path cacheDirectory)
            throws BadInputException, IOException, InterruptedException {
        DesiredState state = new DesiredState(
                request, progress, ConfigRepository.open(request.repository(), cacheDirectory, progress::message));
        Revision revision = state.repository.revision();
        progress.message(
                revision == null
                        ? "folder " + state.repository.displayUrl()
                        : "config repository " + state.repository.displayUrl() + " at " + revision.shortName() + " \""
                                + revision.subject() + "\"");
        // Many files are looked at, and nothing but a warning depends on it.
        state.uncommitted.begin("gitops-status");
        return state;
    }

    ConfigRepository repository() {
        return repository;
    }

    /** The folder, or a pattern of folders, relative to the repository's root. */
    String path() {
        return path;
    }

    /** @throws BadInputException if the request names none, and none can be made of the path */
    String app() throws BadInputException {
        return AppName.of(request.app(), repository.displayUrl(), path);
    }

    /**
     * Renders the folder. Warnings are told to the listener too.
     *
     * @param connection to the cluster that a chart or a substitution may ask; {@code null} without one
     * @throws BadInputException if it renders to nothing, which nobody means by an app
     */
    RenderResult render(Connection connection)
            throws BadInputException, ClusterException, IOException, InterruptedException {
        RenderResult rendered;
        if (connection == null) {
            rendered = render(new RenderTarget(app(), RenderTarget.Cluster.without(request.namespace())));
        } else {
            try {
                rendered = render(new RenderTarget(app(), new LiveCluster(connection, request.namespace())));
            } catch (LiveCluster.Failure e) {
                throw e.failure();
            }
        }
        rendered.problems().stream().filter(p -> !p.isError()).forEach(progress::warning);
        if (rendered.manifests().isEmpty() && rendered.problems().stream().noneMatch(Problem::isError)) {
            throw new BadInputException("\"" + path + "\" renders to nothing", "declare at least one object");
        }
        return rendered;
    }

    private RenderResult render(RenderTarget target) throws BadInputException, IOException, InterruptedException {
        return Renderers.of(request.render(), target).render(repository.tree(), path);
    }

    /** The rules that stand beside the manifests, and say which differences do not count. */
    IgnoreRules ignoreRules() throws BadInputException, IOException {
        // An app may be one file: then its folder's.
        boolean isFile = path.matches(".*\\.(yaml|yml|json)");
        String folder = isFile ? path.substring(0, path.lastIndexOf('/') + 1) : path.isEmpty() ? "" : path + "/";
        try {
            return IgnoreRules.read(folder + IgnoreRules.FILE, repository.tree().read(folder + IgnoreRules.FILE));
        } catch (FileNotFoundException e) {
            return IgnoreRules.NONE;
        }
    }

    /** Of files of the checkout that somebody may believe to be part of the run. */
    private void warnOfUncommitted() throws InterruptedException {
        if (request.repository().workingTree()) {
            return;
        }
        try {
            List<String> files = repository.uncommitted();
            if (!files.isEmpty()) {
                progress.warning(Problem.warning(
                        null,
                        files.size() + " uncommitted file" + (files.size() == 1 ? "" : "s") + " (such as "
                                + files.get(0) + ") are not part of this run",
                        "commit them, or ask for the working tree"));
            }
        } catch (BadInputException e) {
            // The commit can be read all the same.
            e.problems().forEach(p -> progress.warning(Problem.warning(p.location(), p.message(), p.advice())));
        } catch (IOException e) {
            progress.warning(Problem.warning(
                    null, "whether files of the checkout are uncommitted is not known: " + e.getMessage(), ""));
        }
    }

    /** Until everything is said that is found out in the background. */
    void awaitWarnings() throws InterruptedException {
        uncommitted.get();
    }

    /** Where a field of a manifest stands; the manifest's own place where that cannot be told. */
    SourceLocation locate(Manifest manifest, String field) {
        try {
            byte[] content = repository.tree().read(manifest.location().file());
            return SourceLines.locate(content, manifest.location(), field);
        } catch (IOException | BadInputException e) {
            return manifest.location();
        }
    }

    @Override
    public void close() {
        uncommitted.cancel();
        repository.close();
    }
}
