package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.render.HelmPolicy;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import io.jenkins.plugins.gitops.engine.render.ToolPolicy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the folder becomes manifests. */
final class RenderOptions {

    @Option(
            names = "--renderer",
            paramLabel = "auto|plain|kustomize|helm",
            defaultValue = "auto",
            description = "Who renders the folder. Default: what is in it decides.")
    RendererChoice renderer;

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = {
                "Helm: a values file of the repository, relative to the chart's folder, or with a leading / to the",
                "repository's root. Repeat it; a later one counts more."
            })
    List<String> valueFiles = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Helm: a value, as helm's --set. Repeat it.")
    Map<String, String> values = new LinkedHashMap<>();

    @Option(names = "--set-string", paramLabel = "KEY=VALUE", description = "Helm: a value that stays text. Repeat it.")
    Map<String, String> stringValues = new LinkedHashMap<>();

    @Option(
            names = "--release",
            paramLabel = "NAME",
            description = "Helm: the release's name. Default: the app's, or the chart's where the path holds several.")
    String release;

    @Option(
            names = "--include-crds",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Helm: render the chart's crds folder too. Default: yes.")
    boolean includeCrds;

    @Option(
            names = "--kube-version",
            paramLabel = "VERSION",
            description = "Helm: the Kubernetes version to render for. Default: the cluster's, or helm's own.")
    String kubeVersion;

    @Option(
            names = "--api-versions",
            paramLabel = "GROUP/VERSION",
            split = ",",
            description = "Helm: what the cluster serves besides what it says. Repeat it.")
    List<String> apiVersions = List.of();

    @Option(
            names = "--allow-remote",
            description = "Let a kustomization name bases, and a chart dependencies, that are not in the repository.")
    boolean remoteAllowed;

    @Option(
            names = "--kustomize-binary",
            paramLabel = "FILE",
            description = "kustomize, or kubectl. Default: the one on the PATH.")
    Path kustomize;

    @Option(names = "--helm-binary", paramLabel = "FILE", description = "Default: the one on the PATH.")
    Path helm;

    RenderPolicy policy() {
        ToolPolicy tools =
                ToolPolicy.DEFAULT.withKustomize(kustomize).withHelm(helm).withRemoteAllowed(remoteAllowed);
        HelmPolicy charts =
                new HelmPolicy(release, valueFiles, values, stringValues, includeCrds, kubeVersion, apiVersions);
        return RenderPolicy.DEFAULT.withRenderer(renderer).withTools(tools).withHelm(charts);
    }
}
