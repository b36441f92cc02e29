package io.jenkins.plugins.gitops.localcluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryDownloader;
import io.fabric8.kubeapitest.binary.OSInfo;
import io.jenkins.plugins.gitops.localcluster.BinaryMaker.CannotMakeException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Without a network: what is around kube-api-test's downloader. */
public class KubeApiTestDownloadTest {
    private static final Platform PLATFORM = new Platform("linux", "amd64");

    @Rule
    public TemporaryFolder root = new TemporaryFolder();

    /** Delivers an archive's content, or does what a network does. */
    private static class FakeDownloader extends BinaryDownloader {
        private final Path directory;
        private final Set<Binary> archive;

        FakeDownloader(Path directory, Set<Binary> archive) {
            super(directory.toString(), new OSInfo());
            this.directory = directory;
            this.archive = archive;
        }

        @Override
        public String findLatestOfWildcard(String wildcard) {
            return wildcard.replace("*", "1");
        }

        @Override
        public File download(String version) {
            try {
                return FakeBinaries.in(directory, version, archive).toFile();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    public void whatIsDownloadedIsInTheLayoutUnderItsOwnVersion() throws Exception {
        make(directory -> new FakeDownloader(directory, Binary.needed(false)));

        Path kept = root.getRoot().toPath().resolve("k8s/1.36.1-linux-amd64");
        assertEquals(List.of("etcd", "kube-apiserver", "kubectl"), names(kept));
        assertEquals(
                "nothing else is left", List.of("k8s"), names(root.getRoot().toPath()));
        assertTrue(Files.isExecutable(kept.resolve("etcd")));
    }

    @Test
    public void anIncompleteArchiveIsNotKept() throws Exception {
        CannotMakeException e = assertThrows(
                CannotMakeException.class,
                () -> make(directory -> new FakeDownloader(directory, Set.of(Binary.KUBECTL))));

        assertEquals("the archive of 1.36.1 is not complete", e.getMessage());
        assertEquals(List.of(), names(root.getRoot().toPath()));
    }

    @Test
    public void saysWhatTheNetworkSaid() {
        CannotMakeException e = assertThrows(
                CannotMakeException.class,
                () -> make(directory -> new FakeDownloader(directory, Set.of()) {
                    @Override
                    public String findLatestOfWildcard(String wildcard) {
                        throw new KubeAPITestException(new UnknownHostException("raw.example"));
                    }
                }));

        assertEquals("the host raw.example is unknown", e.getMessage());
    }

    @Test
    public void givesUpWhereNobodyAnswers() {
        CountDownLatch never = new CountDownLatch(1);
        long start = System.nanoTime();

        CannotMakeException e = assertThrows(
                CannotMakeException.class,
                () -> make(directory -> new FakeDownloader(directory, Set.of()) {
                    @Override
                    public String findLatestOfWildcard(String wildcard) {
                        try {
                            never.await();
                        } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                        }
                        return wildcard;
                    }
                }));

        assertEquals("no answer within 1 s", e.getMessage());
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
    }

    private void make(Function<Path, BinaryDownloader> downloader) throws CannotMakeException, InterruptedException {
        new KubeApiTestDownload(PLATFORM, downloader, Duration.ofSeconds(1))
                .make(Binary.needed(false), root.getRoot().toPath(), Progress.none());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
