package hudson.remoting;

import java.io.IOException;

/** The connection between controller and node. */
public class Channel implements VirtualChannel {
    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException {
        throw new UnsupportedOperationException();
    }

    Channel() {}

    /** That of the call that this thread carries out; {@code null} where it carries out none. */
    public static Channel current() {
        throw new UnsupportedOperationException();
    }

    public void addListener(Listener l) {
        throw new UnsupportedOperationException();
    }

    public boolean removeListener(Listener l) {
        throw new UnsupportedOperationException();
    }
    /** Told when the connection has ended. */
    public abstract static class Listener {
        public void onClosed(Channel channel, IOException cause) {
            throw new UnsupportedOperationException();
        }
    }
}
