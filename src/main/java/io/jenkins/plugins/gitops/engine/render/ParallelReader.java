package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.parallel.Parallel;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads and parses many files, several at a time. */
final class ParallelReader {

    /** Parsing needs processors and memory; more threads than that help nobody. */
    private static final int WIDTH = Math.min(8, Runtime.getRuntime().availableProcessors());

    /** So many files are one task: a task for each small file would cost more than the file. */
    private static final int BATCH = 32;

    private ParallelReader() {}

    /**
     * One result for each file, in their order.
     *
     * @param template whether they may hold variables
     */
    static List<ReadResult> read(SourceTree tree, List<String> files, boolean template)
            throws IOException, InterruptedException {
        ReadResult[] results = new ReadResult[files.size()];
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < files.size(); start += BATCH) {
            starts.add(start);
        }
        Parallel.<Integer, IOException>forEach(starts, WIDTH, start -> {
            for (int i = start; i < Math.min(files.size(), start + BATCH); i++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                results[i] = read(tree, files.get(i), template);
            }
        });
        return Arrays.asList(results);
    }

    private static ReadResult read(SourceTree tree, String file, boolean template) throws IOException {
        try {
            String name = tree.contentName(file);
            ReadResult known = name == null ? null : ParsedFiles.SHARED.get(file, name, template);
            if (known != null) {
                return known;
            }
            byte[] content = tree.read(file);
            ReadResult read =
                    template ? ManifestReader.readTemplate(file, content) : ManifestReader.read(file, content);
            if (!template) {
                // Here on every processor; later it would be on one.
                read.manifests().forEach(Manifest::digest);
            }
            if (name != null) {
                ParsedFiles.SHARED.put(file, name, template, read, content.length);
            }
            return read;
        } catch (BadInputException e) {
            return new ReadResult(List.of(), e.problems());
        }
    }
}
