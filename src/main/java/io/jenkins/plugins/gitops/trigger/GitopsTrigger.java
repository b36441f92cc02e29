package io.jenkins.plugins.gitops.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import java.io.File;
import java.util.Collection;
import java.util.List;
import jenkins.triggers.SCMTriggerItem;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code gitops('H/15 * * * *')}: starts a build where the branch has moved or the cluster has drifted. */
public final class GitopsTrigger extends Trigger<Item> {

    static final int DEFAULT_FAILURES = 3;

    private int failuresBeforeBuild = DEFAULT_FAILURES;
    private transient int failures;

    /** @param spec when to look, as cron writes it */
    @DataBoundConstructor
    public GitopsTrigger(String spec) {
        super(spec);
    }

    /** How many checks in a row must fail until a build is started, to fail visibly; 0 for none ever. */
    public int getFailuresBeforeBuild() {
        return failuresBeforeBuild;
    }

    @DataBoundSetter
    public void setFailuresBeforeBuild(int failuresBeforeBuild) {
        this.failuresBeforeBuild = Math.max(0, failuresBeforeBuild);
    }

    @Override
    public void run() {
        if (job instanceof Job<?, ?> checked) {
            CheckQueue.get().add(checked.getFullName(), () -> new Check(checked, this).run());
        }
    }

    /** @return how many checks have failed in a row, with this one */
    synchronized int hasFailed() {
        return ++failures;
    }

    /** Lets the count begin anew. */
    synchronized void hasSucceeded() {
        failures = 0;
    }

    @Override
    public Collection<? extends Action> getProjectActions() {
        return job instanceof Job<?, ?> checked ? List.of(new CheckLog(checked)) : List.of();
    }

    /** The trigger's name and form. */
    @Extension
    @Symbol("gitops")
    public static final class DescriptorImpl extends TriggerDescriptor {

        @Override
        public boolean isApplicable(Item item) {
            return SCMTriggerItem.SCMTriggerItems.asSCMTriggerItem(item) != null;
        }

        @Override
        public String getDisplayName() {
            return Messages.GitopsTrigger_displayName();
        }

        @POST
        public FormValidation doCheckSpec(@QueryParameter String value, @AncestorInPath Item item) {
            return ExtensionList.lookupSingleton(TimerTrigger.DescriptorImpl.class)
                    .doCheckSpec(value, item);
        }

        @POST
        public FormValidation doCheckFailuresBeforeBuild(@QueryParameter String value) {
            return FormValidation.validateNonNegativeInteger(value);
        }
    }

    /** Where the log of the last check is. */
    static File logFile(Job<?, ?> job) {
        return new File(job.getRootDir(), "gitops-check.log");
    }
}
