package io.jenkins.plugins.gitops.localcluster;

import io.fabric8.kubeapitest.binary.BinaryDownloader;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Lets kube-api-test download what the Kubernetes project publishes for envtest. That library sets no time limit of its
 * own and writes into the final directory, so it works in a thread that can be given up and in a directory aside.
 */
final class KubeApiTestDownload implements BinaryMaker {
    private static final Duration LIST_LIMIT = Duration.ofSeconds(15);
    private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(10);

    private final Platform platform;
    private final Function<Path, BinaryDownloader> downloaderInto;
    private final Duration listLimit;

    KubeApiTestDownload(Platform platform) {
        this(platform, directory -> new BinaryDownloader(directory.toString(), new OSInfo()), LIST_LIMIT);
    }

    /**
     * @param downloaderInto the downloader that works in a directory
     * @param listLimit how long the first answer may take, which is as long as a machine without a network waits
     */
    KubeApiTestDownload(Platform platform, Function<Path, BinaryDownloader> downloaderInto, Duration listLimit) {
        this.platform = platform;
        this.downloaderInto = downloaderInto;
        this.listLimit = listLimit;
    }

    @Override
    public Set<Binary> makes() {
        return Binary.needed(false);
    }

    @Override
    public void make(Set<Binary> binaries, Path root, Progress progress)
            throws CannotMakeException, InterruptedException {
        Path staging = null;
        try {
            staging = Files.createTempDirectory(root, "download-");
            BinaryDownloader downloader = downloaderInto.apply(staging);
            String wildcard = ControlPlaneBinaries.VERSION.replaceFirst("\\.\\d+$", ".*");
            progress.line("asking for published binaries of Kubernetes " + wildcard);
            String version = within(
                    listLimit,
                    () -> downloader.findLatestOfWildcard(wildcard),
                    new Heartbeat(progress, "waiting for the list of published binaries"));
            Path downloaded = within(
                            ARCHIVE_LIMIT,
                            () -> downloader.download(version),
                            new Heartbeat(progress, "downloading Kubernetes " + version))
                    .toPath();
            keep(new BinaryDirectory(downloaded, version), BinaryDirectory.of(root, version, platform), binaries);
        } catch (IOException e) {
            throw new CannotMakeException(Failures.reason(e));
        } finally {
            discard(staging);
        }
    }

    private static void keep(BinaryDirectory downloaded, BinaryDirectory kept, Set<Binary> binaries)
            throws IOException, CannotMakeException {
        if (!downloaded.hasAll(binaries)) {
            throw new CannotMakeException("the archive of " + kept.version() + " is not complete");
        }
        OwnFiles.makeDirectory(kept.dir());
        for (Binary binary : binaries) {
            Files.move(downloaded.path(binary), kept.path(binary), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The work's result, unless it takes too long; then it goes on unheeded until the JVM ends. */
    private static <T> T within(Duration limit, Callable<T> work, Heartbeat heartbeat)
            throws CannotMakeException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "kube-api-test download");
        thread.setDaemon(true);
        thread.start();
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return task.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                heartbeat.beat();
                if (System.nanoTime() - deadline >= 0) {
                    throw new CannotMakeException("no answer within " + limit.toSeconds() + " s");
                }
            } catch (ExecutionException e) {
                throw new CannotMakeException(Failures.reason(e.getCause()));
            }
        }
    }

    private static void discard(Path staging) {
        try {
            if (staging != null) {
                OwnFiles.delete(staging);
            }
        } catch (IOException e) {
            // A download that was given up may still write there; the next build removes it.
        }
    }
}
