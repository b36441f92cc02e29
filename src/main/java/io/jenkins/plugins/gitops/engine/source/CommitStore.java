package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * A commit's tree, straight from Git's object database: nothing is checked out, so no filter, no line-ending
 * conversion and no hook comes between the commit and what is read.
 */
final class CommitStore implements TreeStore {
    private static final int MAX_TARGET_BYTES = 4096;

    private final Repository repository;
    private final TreeEntry root;
    private final String where;
    private final ObjectFault fault;
    private final Map<String, Map<String, TreeEntry>> folders = new ConcurrentHashMap<>();

    /** A reader serves one thread at a time, and has buffers that are dear to make for every file. */
    private final ConcurrentLinkedDeque<ObjectReader> idle = new ConcurrentLinkedDeque<>();

    CommitStore(Repository repository, ObjectId tree, String where, ObjectFault fault) {
        this.repository = repository;
        this.root = new TreeEntry(TreeEntry.Kind.FOLDER, "", tree);
        this.where = where;
        this.fault = fault;
    }

    @Override
    public TreeEntry root() {
        return root;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public Map<String, TreeEntry> children(TreeEntry folder) throws IOException, BadInputException {
        Map<String, TreeEntry> known = folders.get(folder.path());
        if (known == null) {
            known = parse(folder);
            folders.put(folder.path(), known);
        }
        return known;
    }

    @Override
    public String target(TreeEntry link) throws IOException, BadInputException {
        try {
            return new String(content(link, MAX_TARGET_BYTES), StandardCharsets.UTF_8);
        } catch (TooLargeException e) {
            throw new BadInputException(TreeProblems.danglingLink(link.path(), "..."));
        }
    }

    @Override
    public byte[] content(TreeEntry file, int limit) throws IOException, BadInputException, TooLargeException {
        try {
            ObjectReader reader = idle.poll();
            if (reader == null) {
                reader = repository.newObjectReader();
            }
            try {
                ObjectLoader object = reader.open(file.id(), Constants.OBJ_BLOB);
                if (object.getSize() > limit) {
                    throw new TooLargeException(object.getSize());
                }
                return object.getCachedBytes(limit);
            } finally {
                idle.push(reader);
            }
        } catch (MissingObjectException | CorruptObjectException | IncorrectObjectTypeException | EOFException e) {
            fault.explain(e);
            throw e;
        }
    }

    @Override
    public void close() {
        for (ObjectReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }

    private Map<String, TreeEntry> parse(TreeEntry folder) throws IOException, BadInputException {
        Map<String, TreeEntry> entries = new LinkedHashMap<>();
        try (ObjectReader reader = repository.newObjectReader()) {
            CanonicalTreeParser tree = new CanonicalTreeParser(null, reader, folder.id());
            for (; !tree.eof(); tree.next(1)) {
                String name = tree.getEntryPathString();
                if (isReserved(name)) {
                    throw TreeProblems.malformed(folder.path(), name);
                }
                entries.put(name, new TreeEntry(kind(tree), folder.child(name), tree.getEntryObjectId()));
            }
        } catch (MissingObjectException | CorruptObjectException | IncorrectObjectTypeException | EOFException e) {
            fault.explain(e);
            throw e;
        }
        return entries;
    }

    /** Names that Git itself never commits, and that would mean something else to a file system. */
    private static boolean isReserved(String name) {
        return name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.toLowerCase(Locale.ROOT).equals(Constants.DOT_GIT);
    }

    private static TreeEntry.Kind kind(CanonicalTreeParser tree) {
        FileMode mode = tree.getEntryFileMode();
        if (mode == FileMode.TREE) {
            return TreeEntry.Kind.FOLDER;
        } else if (mode == FileMode.SYMLINK) {
            return TreeEntry.Kind.LINK;
        } else if (mode == FileMode.GITLINK) {
            return TreeEntry.Kind.SUBMODULE;
        }
        return mode == FileMode.EXECUTABLE_FILE ? TreeEntry.Kind.EXECUTABLE : TreeEntry.Kind.FILE;
    }
}
