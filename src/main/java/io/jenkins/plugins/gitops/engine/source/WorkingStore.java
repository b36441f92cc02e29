package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.source.TreeEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.Constants;

/**
 * The files of a checkout as they stand on disk: those that are committed and those that {@code git add --all} would
 * add, so without what Git ignores. A folder is listed once, on first sight.
 */
final class WorkingStore implements TreeStore {
    private final Path top;
    private final CheckoutStatus status;
    private final Class<? extends BasicFileAttributes> attributeType;
    private final Map<String, Set<String>> notOnDisk = new HashMap<>();
    private final Map<String, Map<String, TreeEntry>> folders = new ConcurrentHashMap<>();

    /** @param top the checkout's top level, a real path */
    WorkingStore(Path top, CheckoutStatus status) {
        this.top = top;
        this.status = status;
        this.attributeType = top.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFileAttributes.class
                : BasicFileAttributes.class;
        for (String file : status.notOnDisk()) {
            leaveOut(file);
        }
    }

    /** Remembers a file under each folder around it, as the whole folder may be absent. */
    private void leaveOut(String file) {
        String path = file;
        while (!path.isEmpty()) {
            int slash = path.lastIndexOf('/');
            String parent = slash < 0 ? "" : path.substring(0, slash);
            if (!notOnDisk.computeIfAbsent(parent, folder -> new TreeSet<>()).add(path.substring(slash + 1))) {
                return;
            }
            path = parent;
        }
    }

    @Override
    public TreeEntry root() {
        return new TreeEntry(Kind.FOLDER, "", null);
    }

    @Override
    public String where() {
        return "in the working tree";
    }

    @Override
    public Map<String, TreeEntry> children(TreeEntry folder) throws IOException {
        Map<String, TreeEntry> known = folders.get(folder.path());
        if (known == null) {
            known = list(folder);
            folders.put(folder.path(), known);
        }
        return known;
    }

    @Override
    public String target(TreeEntry link) throws IOException {
        return Files.readSymbolicLink(file(link))
                .toString()
                .replace(top.getFileSystem().getSeparator(), "/");
    }

    @Override
    public byte[] content(TreeEntry entry, int limit) throws IOException, TooLargeException {
        Path file = file(entry);
        // The listing may be older than the disk: what has become a link since then must not lead out.
        if (!file.toRealPath().startsWith(top)) {
            throw new IOException("\"" + entry.path() + "\" leads out of the repository");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new TooLargeException(Files.size(file));
            }
            return content;
        }
    }

    private Path file(TreeEntry entry) {
        return top.resolve(entry.path());
    }

    private Map<String, TreeEntry> list(TreeEntry folder) throws IOException {
        Map<String, TreeEntry> entries = new TreeMap<>();
        for (String name : notOnDisk.getOrDefault(folder.path(), Set.of())) {
            entries.put(name, new TreeEntry(Kind.NOT_ON_DISK, folder.child(name), null));
        }
        Path directory = file(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = directory.relativize(file).toString();
                Kind kind = name.equalsIgnoreCase(Constants.DOT_GIT) ? null : kind(folder.child(name), file);
                if (kind != null) {
                    entries.put(name, new TreeEntry(kind, folder.child(name), null));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /** {@code null} for what Git would not commit: ignored files, sockets, devices. */
    private Kind kind(String path, Path file) throws IOException {
        if (status.ignored().contains(path)) {
            return null;
        }
        BasicFileAttributes attributes = Files.readAttributes(file, attributeType, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            return Kind.LINK;
        } else if (attributes.isDirectory()) {
            return status.submodules().contains(path) ? Kind.SUBMODULE : Kind.FOLDER;
        } else if (attributes.isRegularFile()) {
            return isExecutable(attributes) ? Kind.EXECUTABLE : Kind.FILE;
        }
        return null;
    }

    /** As Git sees it, by the owner's bit; nothing is where there are no such bits. */
    private static boolean isExecutable(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
