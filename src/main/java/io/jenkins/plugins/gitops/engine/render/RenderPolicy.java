package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.sops.AgeKeys;
import java.io.Serializable;
import java.util.Objects;

/**
 * How a folder becomes manifests. Every option has a default; make a changed copy by the {@code with} methods.
 *
 * @param renderer which tool renders
 * @param tools which programs render, and what they may do
 * @param helm the parameters of a chart
 * @param substitution what becomes of variables in the rendered objects
 * @param ageKeys by which Secrets are decrypted that SOPS encrypted
 */
public record RenderPolicy(
        RendererChoice renderer, ToolPolicy tools, HelmPolicy helm, SubstitutionPolicy substitution, AgeKeys ageKeys)
        implements Serializable {

    /** Looks into the folder to choose the tool. */
    public static final RenderPolicy DEFAULT = new RenderPolicy(
            RendererChoice.AUTO, ToolPolicy.DEFAULT, HelmPolicy.DEFAULT, SubstitutionPolicy.NONE, AgeKeys.NONE);

    public RenderPolicy {
        Objects.requireNonNull(renderer, "renderer");
        Objects.requireNonNull(tools, "tools");
        Objects.requireNonNull(helm, "helm");
        Objects.requireNonNull(substitution, "substitution");
        Objects.requireNonNull(ageKeys, "ageKeys");
    }

    public RenderPolicy withRenderer(RendererChoice value) {
        return new RenderPolicy(value, tools, helm, substitution, ageKeys);
    }

    public RenderPolicy withTools(ToolPolicy value) {
        return new RenderPolicy(renderer, value, helm, substitution, ageKeys);
    }

    public RenderPolicy withHelm(HelmPolicy value) {
        return new RenderPolicy(renderer, tools, value, substitution, ageKeys);
    }

    public RenderPolicy withSubstitution(SubstitutionPolicy value) {
        return new RenderPolicy(renderer, tools, helm, value, ageKeys);
    }

    public RenderPolicy withAgeKeys(AgeKeys value) {
        return new RenderPolicy(renderer, tools, helm, substitution, value);
    }
}
