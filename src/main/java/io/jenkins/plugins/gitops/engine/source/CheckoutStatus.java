package io.jenkins.plugins.gitops.engine.source;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.util.FS;

/**
 * How the files on disk differ from a commit. Unlike {@code git status} it takes no flag's word for it: a file that is
 * marked as assumed to be unchanged is compared too. Runs no clean filter, whatever the configuration says.
 *
 * @param changed files that were changed, added or removed, and are not ignored
 * @param ignored files and folders that Git ignores and that are not committed
 * @param submodules folders that are other repositories
 * @param notOnDisk committed files that a sparse checkout left out
 */
record CheckoutStatus(
        SortedSet<String> changed, Set<String> ignored, Set<String> submodules, SortedSet<String> notOnDisk) {
    /** Of a folder that is in no Git repository: everything in it counts. */
    static final CheckoutStatus NOT_IN_GIT =
            new CheckoutStatus(Collections.emptySortedSet(), Set.of(), Set.of(), Collections.emptySortedSet());

    private static final int COMMIT = 0;
    private static final int INDEX = 1;
    private static final int DISK = 2;

    /** @param tree the commit's tree */
    static CheckoutStatus of(Repository repository, AnyObjectId tree) throws IOException {
        CheckoutStatus status = new CheckoutStatus(new TreeSet<>(), new HashSet<>(), new HashSet<>(), new TreeSet<>());
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.setOperationType(OperationType.CHECKIN_OP);
            walk.addTree(tree);
            walk.addTree(new DirCacheIterator(repository.readDirCache()));
            FileTreeIterator disk = new UnfilteredFiles(repository);
            walk.addTree(disk);
            disk.setDirCacheIterator(walk, INDEX);
            while (walk.next()) {
                status.visit(walk);
            }
        }
        return status;
    }

    private void visit(TreeWalk walk) throws IOException {
        CanonicalTreeParser commit = walk.getTree(COMMIT, CanonicalTreeParser.class);
        DirCacheIterator index = walk.getTree(INDEX, DirCacheIterator.class);
        WorkingTreeIterator disk = walk.getTree(DISK, WorkingTreeIterator.class);
        String path = walk.getPathString();
        boolean tracked = commit != null || index != null;
        if (disk != null && !tracked && disk.isEntryIgnored()) {
            ignored.add(path);
            return;
        }
        if (isSubmodule(commit) || isSubmodule(index) || isSubmodule(disk)) {
            submodules.add(path);
            return;
        }
        if (isFile(commit) && disk == null && index != null && isLeftOut(index)) {
            notOnDisk.add(path);
        } else if ((isFile(commit) || isFile(disk)) && differs(commit, disk)) {
            changed.add(path);
        }
        if (walk.isSubtree()) {
            walk.enterSubtree();
        }
    }

    private static boolean differs(CanonicalTreeParser commit, WorkingTreeIterator disk) {
        return !isFile(commit)
                || !isFile(disk)
                || disk.isModeDifferent(commit.getEntryRawMode())
                || !disk.getEntryObjectId().equals(commit.getEntryObjectId());
    }

    private static boolean isLeftOut(DirCacheIterator index) {
        return index.getDirCacheEntry() != null && index.getDirCacheEntry().isSkipWorkTree();
    }

    private static boolean isSubmodule(AbstractTreeIterator entry) {
        return entry != null && entry.getEntryFileMode() == FileMode.GITLINK;
    }

    private static boolean isFile(AbstractTreeIterator entry) {
        return entry != null && entry.getEntryFileMode() != FileMode.TREE;
    }

    /** Files on disk, whose content is never piped through a program that a Git configuration names. */
    private static final class UnfilteredFiles extends FileTreeIterator {

        UnfilteredFiles(Repository repository) {
            super(repository);
        }

        private UnfilteredFiles(FileTreeIterator parent, File folder, FS fs) {
            super(parent, folder, fs);
        }

        @Override
        protected AbstractTreeIterator enterSubtree() {
            return new UnfilteredFiles(this, ((FileEntry) current()).getFile(), fs);
        }

        /** Whether the index proves by size and time what the file holds, so that it need not be read. */
        @Override
        public MetadataDiff compareMetadata(DirCacheEntry entry) {
            boolean proof = !entry.isAssumeValid() && entry.getStage() == DirCacheEntry.STAGE_0;
            return proof ? super.compareMetadata(entry) : MetadataDiff.DIFFER_BY_TIMESTAMP;
        }

        @Override
        public String getCleanFilterCommand() {
            return null;
        }
    }
}
