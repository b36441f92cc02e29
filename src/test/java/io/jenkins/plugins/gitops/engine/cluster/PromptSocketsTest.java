package io.jenkins.plugins.gitops.engine.cluster;

import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.Test;

public class PromptSocketsTest {

    @Test
    public void noneWaitsForAcknowledgements() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        PromptSockets sockets = new PromptSockets();
        try (ServerSocket server = new ServerSocket(0, 5, here)) {
            int port = server.getLocalPort();
            List<Socket> made = List.of(
                    sockets.createSocket(),
                    sockets.createSocket(here, port),
                    sockets.createSocket(here.getHostAddress(), port),
                    sockets.createSocket(here, port, here, 0),
                    sockets.createSocket(here.getHostAddress(), port, here, 0));
            for (Socket socket : made) {
                assertTrue(socket.getTcpNoDelay());
                socket.close();
            }
        }
    }
}
