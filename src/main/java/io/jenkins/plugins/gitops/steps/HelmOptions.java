package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.render.HelmPolicy;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The parameters of a chart: {@code helm: [valueFiles: ['values-prod.yaml'], values: ['image.tag=1.4.2']]}. */
public final class HelmOptions extends AbstractDescribableImpl<HelmOptions> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String releaseName;
    private List<String> valueFiles = List.of();
    private List<String> values = List.of();
    private List<String> stringValues = List.of();
    private boolean includeCrds = true;
    private String kubeVersion;
    private List<String> apiVersions = List.of();

    @DataBoundConstructor
    public HelmOptions() {}

    /** {@code null} for the app's name. */
    public String getReleaseName() {
        return releaseName;
    }

    @DataBoundSetter
    public void setReleaseName(String releaseName) {
        this.releaseName = Util.fixEmptyAndTrim(releaseName);
    }

    /** Files of the repository, a later one over an earlier one. */
    public List<String> getValueFiles() {
        return valueFiles;
    }

    @DataBoundSetter
    public void setValueFiles(List<String> valueFiles) {
        this.valueFiles = Argument.lines(valueFiles);
    }

    /** {@code KEY=VALUE}, over all files. */
    public List<String> getValues() {
        return values;
    }

    @DataBoundSetter
    public void setValues(List<String> values) {
        this.values = Argument.lines(values);
    }

    /** {@code KEY=VALUE} whose values stay text. */
    public List<String> getStringValues() {
        return stringValues;
    }

    @DataBoundSetter
    public void setStringValues(List<String> stringValues) {
        this.stringValues = Argument.lines(stringValues);
    }

    /** Whether the chart's {@code crds} folder is rendered too. */
    public boolean isIncludeCrds() {
        return includeCrds;
    }

    @DataBoundSetter
    public void setIncludeCrds(boolean includeCrds) {
        this.includeCrds = includeCrds;
    }

    /** The Kubernetes version to render for; {@code null} for the cluster's. */
    public String getKubeVersion() {
        return kubeVersion;
    }

    @DataBoundSetter
    public void setKubeVersion(String kubeVersion) {
        this.kubeVersion = Util.fixEmptyAndTrim(kubeVersion);
    }

    /** What the cluster serves besides what it says. */
    public List<String> getApiVersions() {
        return apiVersions;
    }

    @DataBoundSetter
    public void setApiVersions(List<String> apiVersions) {
        this.apiVersions = Argument.lines(apiVersions);
    }

    /** @throws AbortException if a value is no pair */
    HelmPolicy policy() throws AbortException {
        return Argument.read(() -> new HelmPolicy(
                releaseName,
                valueFiles,
                Argument.map("values", values),
                Argument.map("stringValues", stringValues),
                includeCrds,
                kubeVersion,
                apiVersions));
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OptionsDescriptor<HelmOptions> {

        @Override
        public String getDisplayName() {
            return Messages.HelmOptions_displayName();
        }

        @POST
        public FormValidation doCheckStringValues(@QueryParameter String value) {
            return doCheckValues(value);
        }
    }
}
