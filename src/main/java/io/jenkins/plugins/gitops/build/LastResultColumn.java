package io.jenkins.plugins.gitops.build;

import hudson.Extension;
import hudson.model.Job;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A column of a list of jobs: what the last build found, with a link to its page. */
public final class LastResultColumn extends ListViewColumn {

    @DataBoundConstructor
    public LastResultColumn() {}

    /** {@code null} for what is no job, and for jobs whose last builds ran no step. */
    public GitopsBuildAction result(Object item) {
        return item instanceof Job<?, ?> job ? GitopsJobAction.last(job) : null;
    }

    /** The column's name. */
    @Extension
    @Symbol("gitops")
    public static final class DescriptorImpl extends ListViewColumnDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.LastResultColumn_displayName();
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}
