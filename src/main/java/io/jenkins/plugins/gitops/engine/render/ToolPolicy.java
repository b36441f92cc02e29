package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.tool.ToolLimits;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Which programs render, and what they may do. Files are text, since a {@link Path} cannot be sent to another machine.
 *
 * @param kustomize the file of {@code kustomize} or {@code kubectl}; {@code null} for the one on the PATH
 * @param helm {@code null} for the one on the PATH
 * @param path the folders in which programs are looked for, as PATH has them; {@code null} for this process's PATH
 * @param remoteAllowed whether a kustomization may name bases, and a chart dependencies, that are not in the repository
 * @param limits what each run of a program may use
 */
public record ToolPolicy(String kustomize, String helm, String path, boolean remoteAllowed, ToolLimits limits)
        implements Serializable {

    /** Programs of the PATH, and nothing remote. */
    public static final ToolPolicy DEFAULT = new ToolPolicy(null, null, null, false, ToolLimits.DEFAULT);

    public ToolPolicy {
        Objects.requireNonNull(limits, "limits");
    }

    public ToolPolicy withKustomize(Path program) {
        return new ToolPolicy(Objects.toString(program, null), helm, path, remoteAllowed, limits);
    }

    public ToolPolicy withHelm(Path program) {
        return new ToolPolicy(kustomize, Objects.toString(program, null), path, remoteAllowed, limits);
    }

    /** @param folders as PATH has them on the machine where it renders */
    public ToolPolicy withPath(String folders) {
        return new ToolPolicy(kustomize, helm, folders, remoteAllowed, limits);
    }

    /** What a shell would find programs in. */
    String searchPath() {
        return path == null ? System.getenv("PATH") : path;
    }

    public ToolPolicy withRemoteAllowed(boolean value) {
        return new ToolPolicy(kustomize, helm, path, value, limits);
    }

    public ToolPolicy withLimits(ToolLimits value) {
        return new ToolPolicy(kustomize, helm, path, remoteAllowed, value);
    }
}
