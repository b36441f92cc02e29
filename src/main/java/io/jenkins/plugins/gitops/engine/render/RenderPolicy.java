package io.jenkins.plugins.gitops.engine.render;

import java.util.Objects;

/**
 * How a folder becomes manifests. Grows by options with a default; make a changed copy by the {@code with} methods.
 *
 * @param renderer which tool renders
 */
public record RenderPolicy(RendererChoice renderer) {

    /** Looks into the folder to choose the tool. */
    public static final RenderPolicy DEFAULT = new RenderPolicy(RendererChoice.AUTO);

    public RenderPolicy {
        Objects.requireNonNull(renderer, "renderer");
    }

    public RenderPolicy withRenderer(RendererChoice value) {
        return new RenderPolicy(value);
    }
}
