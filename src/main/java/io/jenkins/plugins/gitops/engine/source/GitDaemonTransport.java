package io.jenkins.plugins.gitops.engine.source;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TcpTransport;
import org.eclipse.jgit.transport.URIish;

/**
 * Speaks to {@code git daemon}. JGit's own transport for {@code git://} waits for ever for a server that is silent: its
 * timer interrupts the thread, which a socket does not notice. This one's socket has the timeout, and can be closed by
 * another thread.
 */
final class GitDaemonTransport extends TcpTransport implements PackTransport {
    private static final int PORT = 9418;

    private volatile Socket socket;

    GitDaemonTransport(Repository local, URIish uri) {
        super(local, uri);
    }

    @Override
    public FetchConnection openFetch() throws TransportException {
        return openFetch(List.of());
    }

    @Override
    public FetchConnection openFetch(Collection<RefSpec> specs, String... patterns) throws TransportException {
        return new Connection(specs, patterns);
    }

    @Override
    public PushConnection openPush() throws NotSupportedException {
        throw new NotSupportedException("git:// is for reading");
    }

    @Override
    public void close() {
        Socket current = socket;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // It is of no use any more either way.
            }
        }
    }

    private Socket connect() throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(getURI().getHost(), getURI().getPort() > 0 ? getURI().getPort() : PORT);
        if (address.isUnresolved()) {
            throw new UnknownHostException(getURI().getHost());
        }
        Socket connected = new Socket();
        socket = connected;
        connected.setSoTimeout(getTimeout() * 1000);
        connected.connect(address, getTimeout() * 1000);
        return connected;
    }

    /** The request as pack-protocol(5) has it: the command and the path, the host, and the version that is wanted. */
    private String request() {
        String port = getURI().getPort() > 0 ? ":" + getURI().getPort() : "";
        return "git-upload-pack " + getURI().getPath() + "\0host=" + getURI().getHost() + port + "\0\0version=2\0";
    }

    private final class Connection extends BasePackFetchConnection {

        Connection(Collection<RefSpec> specs, String... patterns) throws TransportException {
            super(GitDaemonTransport.this);
            try {
                Socket connected = connect();
                init(
                        new BufferedInputStream(connected.getInputStream()),
                        new BufferedOutputStream(connected.getOutputStream()));
                pckOut.writeString(request());
                pckOut.flush();
            } catch (IOException e) {
                close();
                throw new TransportException(uri, String.valueOf(e.getMessage()), e);
            }
            if (!readAdvertisedRefs()) {
                lsRefs(specs, patterns);
            }
        }

        @Override
        public void close() {
            super.close();
            GitDaemonTransport.this.close();
        }
    }
}
