package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.disk.Folders;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes a folder of a tree to disk, for tools that want files. */
final class ScratchCopy {
    private final SourceTree tree;
    private final Path target;
    private final List<Problem> problems = new ArrayList<>();

    ScratchCopy(SourceTree tree, Path target) {
        this.tree = tree;
        this.target = target;
    }

    void write(String folder) throws IOException, BadInputException {
        for (String file : tree.files(folder)) {
            try {
                write(file, tree.read(file), tree.isExecutable(file));
            } catch (BadInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
    }

    private void write(String file, byte[] content, boolean executable) throws IOException, BadInputException {
        Path path;
        try {
            path = target.resolve(file).normalize();
        } catch (InvalidPathException e) {
            throw new BadInputException(TreeProblems.unwritable(file));
        }
        // A name that means nothing to Git may mean "one folder up" to the file system of this machine.
        if (!path.startsWith(target)) {
            throw new BadInputException(TreeProblems.unwritable(file));
        }
        Folders.create(Objects.requireNonNull(path.getParent()));
        try {
            Folders.write(path, content, executable);
        } catch (FileAlreadyExistsException e) {
            // A folder that was asked for before held it. Nobody else writes here.
        }
    }
}
