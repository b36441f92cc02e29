package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.render.SubstitutionPolicy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where the values of variables in manifests come from: {@code substitution: [values: ['REGION=eu']]}. */
public final class SubstitutionOptions extends AbstractDescribableImpl<SubstitutionOptions> implements Serializable {
    private static final long serialVersionUID = 1L;

    private List<String> values = List.of();
    private List<String> files = List.of();
    private List<String> sources = List.of();
    private boolean strict = true;

    @DataBoundConstructor
    public SubstitutionOptions() {}

    /** {@code NAME=VALUE}, over all others. */
    public List<String> getValues() {
        return values;
    }

    @DataBoundSetter
    public void setValues(List<String> values) {
        this.values = Argument.lines(values);
    }

    /** Files of the repository with values. */
    public List<String> getFiles() {
        return files;
    }

    @DataBoundSetter
    public void setFiles(List<String> files) {
        this.files = Argument.lines(files);
    }

    /** ConfigMaps and Secrets of the cluster, such as {@code configmap/settings}, over the files. */
    public List<String> getSources() {
        return sources;
    }

    @DataBoundSetter
    public void setSources(List<String> sources) {
        this.sources = Argument.lines(sources);
    }

    /** Whether a variable with neither value nor default is an error. */
    public boolean isStrict() {
        return strict;
    }

    @DataBoundSetter
    public void setStrict(boolean strict) {
        this.strict = strict;
    }

    /** @throws AbortException if a value is no pair, or a source no object */
    SubstitutionPolicy policy() throws AbortException {
        return Argument.read(
                () -> new SubstitutionPolicy(Argument.map("values", values), files, sources(sources), strict));
    }

    private static List<SubstitutionPolicy.Source> sources(List<String> texts) throws BadInputException {
        List<SubstitutionPolicy.Source> sources = new ArrayList<>();
        for (String text : texts) {
            sources.add(SubstitutionPolicy.Source.parse(text));
        }
        return sources;
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OptionsDescriptor<SubstitutionOptions> {

        @Override
        public String getDisplayName() {
            return Messages.SubstitutionOptions_displayName();
        }

        @POST
        public FormValidation doCheckSources(@QueryParameter String value) {
            return Argument.check(value, () -> sources(Argument.lines(List.of(value))));
        }
    }
}
