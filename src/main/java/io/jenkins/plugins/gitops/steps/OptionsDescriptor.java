package io.jenkins.plugins.gitops.steps;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.util.List;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of arguments that belong together, with lists in which each line is an item. */
public abstract class OptionsDescriptor<T extends Describable<T>> extends Descriptor<T> {

    /** For the form. */
    public final String lines(List<String> items) {
        return items == null ? "" : String.join("\n", items);
    }

    @POST
    public final FormValidation doCheckValues(@QueryParameter String value) {
        return Argument.check(value, () -> Argument.map("values", Argument.lines(List.of(value))));
    }
}
