package io.jenkins.plugins.gitops.engine.problem;

/**
 * A place in a file of the config repository.
 *
 * @param file path relative to the repository's root, with {@code /} as separator; never {@code null}
 * @param line line number, counted from 1; 0 where only the file is known
 * @param column column in characters, counted from 1; 0 where only the line is known
 */
public record SourceLocation(String file, int line, int column) implements Comparable<SourceLocation> {

    /** The file as a whole. */
    public static SourceLocation of(String file) {
        return new SourceLocation(file, 0, 0);
    }

    @Override
    public int compareTo(SourceLocation other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line:column}, the form that editors and terminals make clickable. */
    @Override
    public String toString() {
        if (line <= 0) {
            return file;
        }
        return column <= 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
