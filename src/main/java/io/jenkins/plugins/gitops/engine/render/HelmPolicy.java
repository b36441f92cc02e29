package io.jenkins.plugins.gitops.engine.render;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of {@code helm template}.
 *
 * @param releaseName {@code null} for the app's name, or the chart's where one path holds several
 * @param valueFiles files of the repository, a later one over an earlier one: relative to the chart's folder, or with a
 *     leading {@code /} to the repository's root
 * @param values {@code key=value} pairs as {@code --set} takes them, over all files
 * @param stringValues the same as {@code --set-string} takes them
 * @param includeCrds whether the chart's {@code crds} folder is rendered too
 * @param kubeVersion such as {@code v1.34.0}; {@code null} for the cluster's, or Helm's own without a cluster
 * @param apiVersions such as {@code monitoring.coreos.com/v1}; those of the cluster come on top
 */
public record HelmPolicy(
        String releaseName,
        List<String> valueFiles,
        Map<String, String> values,
        Map<String, String> stringValues,
        boolean includeCrds,
        String kubeVersion,
        List<String> apiVersions)
        implements Serializable {

    /** The chart's own values, with its CRDs. */
    public static final HelmPolicy DEFAULT = new HelmPolicy(null, List.of(), Map.of(), Map.of(), true, null, List.of());

    public HelmPolicy {
        valueFiles = List.copyOf(valueFiles);
        values = ordered(values);
        stringValues = ordered(stringValues);
        apiVersions = List.copyOf(apiVersions);
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        map.forEach((key, value) -> Objects.requireNonNull(value, key));
        return java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(map));
    }

    public HelmPolicy withReleaseName(String value) {
        return new HelmPolicy(value, valueFiles, values, stringValues, includeCrds, kubeVersion, apiVersions);
    }

    public HelmPolicy withValueFiles(List<String> value) {
        return new HelmPolicy(releaseName, value, values, stringValues, includeCrds, kubeVersion, apiVersions);
    }

    public HelmPolicy withValues(Map<String, String> value) {
        return new HelmPolicy(releaseName, valueFiles, value, stringValues, includeCrds, kubeVersion, apiVersions);
    }

    public HelmPolicy withStringValues(Map<String, String> value) {
        return new HelmPolicy(releaseName, valueFiles, values, value, includeCrds, kubeVersion, apiVersions);
    }

    public HelmPolicy withIncludeCrds(boolean value) {
        return new HelmPolicy(releaseName, valueFiles, values, stringValues, value, kubeVersion, apiVersions);
    }

    public HelmPolicy withKubeVersion(String value) {
        return new HelmPolicy(releaseName, valueFiles, values, stringValues, includeCrds, value, apiVersions);
    }

    public HelmPolicy withApiVersions(List<String> value) {
        return new HelmPolicy(releaseName, valueFiles, values, stringValues, includeCrds, kubeVersion, value);
    }
}
