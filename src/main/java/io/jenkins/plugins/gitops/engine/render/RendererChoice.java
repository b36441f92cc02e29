package io.jenkins.plugins.gitops.engine.render;

/** Which tool makes manifests of a folder. */
public enum RendererChoice {
    /** By what the folder holds: a kustomization, a chart, or neither. */
    AUTO,
    /** The YAML and JSON files as they are. */
    PLAIN,
    /** {@code kustomize build}. */
    KUSTOMIZE,
    /** {@code helm template}. */
    HELM
}
