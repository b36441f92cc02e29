package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What committed files hold, so that a later run in the same JVM does not parse what has not changed. Git names a file's
 * content by its digest, and what is read depends on that content and on the path alone: nothing in here goes stale.
 * Memory is bounded twice: by the size of the files, and by the garbage collector, which takes all of it before memory
 * runs out. Safe for use by several threads.
 */
final class ParsedFiles {

    /** Some ten thousand files of a usual size. */
    private static final long BYTES = 32 << 20;

    static final ParsedFiles SHARED = new ParsedFiles(BYTES);

    private final long limit;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param limit of the files' own size, in bytes; what was used last stays */
    ParsedFiles(long limit) {
        this.limit = limit;
    }

    private record Key(String file, String content, boolean template) {}

    private record Entry(SoftReference<ReadResult> result, int bytes) {}

    /**
     * @param content the {@linkplain io.jenkins.plugins.gitops.engine.source.SourceTree#contentName name} of it
     * @return {@code null} where it is not known
     */
    synchronized ReadResult get(String file, String content, boolean template) {
        Entry entry = entries.get(new Key(file, content, template));
        return entry == null ? null : entry.result().get();
    }

    /** @param size of the file, in bytes */
    synchronized void put(String file, String content, boolean template, ReadResult result, int size) {
        Entry before = entries.put(new Key(file, content, template), new Entry(new SoftReference<>(result), size));
        bytes += size - (before == null ? 0 : before.bytes());
        Iterator<Entry> eldest = entries.values().iterator();
        while (bytes > limit) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }
}
