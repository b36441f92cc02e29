package jenkins.util;

import java.io.IOException;
import java.io.InputStream;

/** A file wherever it is kept, to read. */
public abstract class VirtualFile {
    public abstract VirtualFile child(String name);

    public abstract boolean isFile() throws IOException;

    public abstract InputStream open() throws IOException;
}
