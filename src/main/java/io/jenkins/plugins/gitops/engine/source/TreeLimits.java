package io.jenkins.plugins.gitops.engine.source;

/**
 * How much of a tree is read before it is called a mistake.
 *
 * @param files how many files a folder may hold, with everything below it
 * @param bytesPerFile how large a file may be that is read
 */
record TreeLimits(int files, int bytesPerFile) {
    /** Above what any config repository holds, below what harms the one who reads it. */
    static final TreeLimits DEFAULT = new TreeLimits(100_000, 16 << 20);
}
