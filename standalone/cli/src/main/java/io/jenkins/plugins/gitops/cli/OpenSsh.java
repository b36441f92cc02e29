package io.jenkins.plugins.gitops.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/**
 * Opens ssh connections with the {@code ssh} on the user's PATH, as Git does: the user's keys, agent, known hosts and
 * {@code ~/.ssh/config} count. It never asks anything: a host key that is not known ends the connection.
 */
final class OpenSsh extends SshSessionFactory {
    private static final int KEEP_ALIVES = 3;

    private final List<String> command;

    OpenSsh() {
        this(List.of("ssh"));
    }

    /** @param command the program, and options that come before the others */
    OpenSsh(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public RemoteSession2 getSession(URIish uri, CredentialsProvider ignored, FS fs, int timeoutMillis) {
        return new Session(arguments(uri, Math.max(KEEP_ALIVES, timeoutMillis / 1000)));
    }

    @Override
    public String getType() {
        return "openssh";
    }

    private List<String> arguments(URIish uri, int seconds) {
        List<String> arguments = new ArrayList<>(command);
        for (String option : List.of(
                "BatchMode=yes",
                "ConnectTimeout=" + seconds,
                "ServerAliveCountMax=" + KEEP_ALIVES,
                "ServerAliveInterval=" + seconds / KEEP_ALIVES,
                // A connection that is shared already may be used; one that outlives this program is not begun.
                "ControlMaster=no",
                "ClearAllForwardings=yes",
                "ForwardAgent=no",
                "SendEnv=GIT_PROTOCOL")) {
            arguments.addAll(List.of("-o", option));
        }
        if (uri.getPort() > 0) {
            arguments.addAll(List.of("-p", Integer.toString(uri.getPort())));
        }
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        arguments.addAll(List.of("--", uri.getUser() == null ? host : uri.getUser() + "@" + host));
        return arguments;
    }

    /** Each command is a process, and so a connection, of its own. */
    private static final class Session implements RemoteSession2 {
        private final List<String> arguments;
        private final Set<Process> running = ConcurrentHashMap.newKeySet();

        Session(List<String> arguments) {
            this.arguments = arguments;
        }

        @Override
        public Process exec(String remoteCommand, int timeoutSeconds) throws IOException {
            return exec(remoteCommand, Map.of(), timeoutSeconds);
        }

        @Override
        public Process exec(String remoteCommand, Map<String, String> environment, int timeoutSeconds)
                throws IOException {
            List<String> line = new ArrayList<>(arguments);
            line.add(remoteCommand);
            ProcessBuilder builder = new ProcessBuilder(line);
            if (environment != null) {
                builder.environment().putAll(environment);
            }
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                throw new TransportException("ssh cannot be run: " + e.getMessage(), e);
            }
            running.add(process);
            return new SpokenProcess(process);
        }

        @Override
        public void disconnect() {
            running.forEach(Process::destroy);
        }
    }
}
