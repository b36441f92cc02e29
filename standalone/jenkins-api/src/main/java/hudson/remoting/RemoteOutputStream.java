package hudson.remoting;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that is written in a node and arrives here. */
public final class RemoteOutputStream extends OutputStream {
    public RemoteOutputStream(OutputStream core) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(int b) throws IOException {
        throw new UnsupportedOperationException();
    }
}
