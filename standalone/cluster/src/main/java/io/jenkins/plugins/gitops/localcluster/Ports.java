package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports on loopback. */
final class Ports {
    private static final int CONNECT_MILLIS = 500;

    private Ports() {}

    /**
     * The wanted port if it is free, else any free one.
     *
     * @param wanted 0 for no wish
     */
    static int free(int wanted) {
        if (wanted > 0) {
            try (ServerSocket socket = bind(wanted)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody else has it by now.
            }
        }
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ControlPlaneException("no port is free on 127.0.0.1: " + Failures.reason(e), e);
        }
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        // A port of which only closed connections linger is free, as the servers see it too.
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(loopback(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
