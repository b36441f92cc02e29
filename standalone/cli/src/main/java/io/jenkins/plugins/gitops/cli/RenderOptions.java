package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.render.HelmPolicy;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import io.jenkins.plugins.gitops.engine.render.SubstitutionPolicy;
import io.jenkins.plugins.gitops.engine.render.ToolPolicy;
import io.jenkins.plugins.gitops.engine.sops.AgeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the folder becomes manifests. */
@OptionGroup("Rendering")
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

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = {
                "A value for ${NAME} in the manifests, in Flux's form, with ${NAME:=default} and the other operators.",
                "Without any value nothing is substituted. Repeat it."
            })
    Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--var-file",
            paramLabel = "FILE",
            description = "A file of the repository with values: a mapping in YAML, or lines of NAME=value. Repeat it.")
    List<String> variableFiles = List.of();

    @Option(
            names = "--vars-from",
            paramLabel = "[?]KIND/[NAMESPACE/]NAME",
            description = {
                "A configmap or secret of the cluster whose entries are values; with a leading ? it need not exist.",
                "Repeat it; a later one counts more, and --var most."
            })
    List<String> variableSources = List.of();

    @Option(
            names = "--strict-vars",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "A variable without a value and a default is an error. Default: yes.")
    boolean strictVariables;

    @Option(
            names = "--age-key-file",
            paramLabel = "FILE",
            description = "Secret keys of age, by which Secrets that SOPS encrypted are decrypted, in memory.")
    Path ageKeyFile;

    RenderPolicy policy() throws BadInputException {
        ToolPolicy tools =
                ToolPolicy.DEFAULT.withKustomize(kustomize).withHelm(helm).withRemoteAllowed(remoteAllowed);
        HelmPolicy charts =
                new HelmPolicy(release, valueFiles, values, stringValues, includeCrds, kubeVersion, apiVersions);
        return RenderPolicy.DEFAULT
                .withRenderer(renderer)
                .withTools(tools)
                .withHelm(charts)
                .withSubstitution(substitution())
                .withAgeKeys(ageKeys());
    }

    private SubstitutionPolicy substitution() throws BadInputException {
        List<SubstitutionPolicy.Source> sources = new ArrayList<>();
        for (String source : variableSources) {
            sources.add(SubstitutionPolicy.Source.parse(source));
        }
        return new SubstitutionPolicy(variables, variableFiles, sources, strictVariables);
    }

    private AgeKeys ageKeys() throws BadInputException {
        if (ageKeyFile == null) {
            return AgeKeys.NONE;
        }
        try {
            return AgeKeys.parse(ageKeyFile.toString(), Files.readString(ageKeyFile));
        } catch (IOException e) {
            throw new BadInputException(
                    "the age key file \"" + ageKeyFile + "\" cannot be read", "check that it exists and is readable");
        }
    }
}
