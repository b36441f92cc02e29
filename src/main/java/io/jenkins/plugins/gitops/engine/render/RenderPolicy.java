package io.jenkins.plugins.gitops.engine.render;

import java.io.Serializable;
import java.util.Objects;

/**
 * How a folder becomes manifests. Every option has a default; make a changed copy by the {@code with} methods.
 *
 * @param renderer which tool renders
 * @param tools which programs render, and what they may do
 * @param helm the parameters of a chart
 */
public record RenderPolicy(RendererChoice renderer, ToolPolicy tools, HelmPolicy helm) implements Serializable {

    /** Looks into the folder to choose the tool. */
    public static final RenderPolicy DEFAULT =
            new RenderPolicy(RendererChoice.AUTO, ToolPolicy.DEFAULT, HelmPolicy.DEFAULT);

    public RenderPolicy {
        Objects.requireNonNull(renderer, "renderer");
        Objects.requireNonNull(tools, "tools");
        Objects.requireNonNull(helm, "helm");
    }

    public RenderPolicy withRenderer(RendererChoice value) {
        return new RenderPolicy(value, tools, helm);
    }

    public RenderPolicy withTools(ToolPolicy value) {
        return new RenderPolicy(renderer, value, helm);
    }

    public RenderPolicy withHelm(HelmPolicy value) {
        return new RenderPolicy(renderer, tools, value);
    }
}
