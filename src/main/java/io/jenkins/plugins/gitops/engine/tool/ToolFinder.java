package io.jenkins.plugins.gitops.engine.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds programs as a shell does. */
public final class ToolFinder {

    private final String path;

    private ToolFinder(String path) {
        this.path = path;
    }

    /** Looks where this process's PATH leads. */
    public static ToolFinder ofPath() {
        return of(System.getenv("PATH"));
    }

    /** @param path folders, separated as PATH is on this machine; {@code null} for none */
    public static ToolFinder of(String path) {
        return new ToolFinder(path == null ? "" : path);
    }

    /** The program's absolute path. A folder that PATH names by a relative path does not count: it may be anybody's. */
    public Optional<Path> find(String name) {
        for (String entry : path.split(Pattern.quote(File.pathSeparator))) {
            try {
                Path folder = Path.of(entry);
                for (String file : new String[] {name, name + ".exe"}) {
                    Path candidate = folder.resolve(file);
                    if (folder.isAbsolute() && isProgram(candidate)) {
                        return Optional.of(candidate);
                    }
                }
            } catch (InvalidPathException e) {
                // Not a folder of this machine.
            }
        }
        return Optional.empty();
    }

    public static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
