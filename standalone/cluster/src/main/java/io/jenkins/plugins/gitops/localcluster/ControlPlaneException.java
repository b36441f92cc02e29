package io.jenkins.plugins.gitops.localcluster;

/** A local control plane could not be had; the message says what failed, why, and what to do, for a person to read. */
public class ControlPlaneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ControlPlaneException(String message) {
        super(message);
    }

    public ControlPlaneException(String message, Throwable cause) {
        super(message, cause);
    }
}
