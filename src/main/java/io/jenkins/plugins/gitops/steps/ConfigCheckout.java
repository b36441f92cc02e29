package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.slaves.WorkspaceList;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.scm.GenericSCMStep;

/**
 * A checkout of the config repository that a step names, made by the Git plugin as {@code checkout} makes it: with
 * changelog, polling, and the plugin's rules for hosts, credentials and tools. It is a folder of the workspace that no
 * other build uses until it is closed.
 */
final class ConfigCheckout implements AutoCloseable {

    private static final String FOLDER = ".gitops";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final WorkspaceList.Lease lease;

    private ConfigCheckout(WorkspaceList.Lease lease) {
        this.lease = lease;
    }

    static ConfigCheckout of(
            GitopsStep step, Run<?, ?> run, FilePath workspace, Launcher launcher, TaskListener listener)
            throws Exception {
        Computer computer = workspace.toComputer();
        if (computer == null) {
            throw new AbortException(Messages.ConfigCheckout_nodeLost());
        }
        FilePath folder = workspace.child(FOLDER).child(step.getApp());
        ConfigCheckout checkout = new ConfigCheckout(computer.getWorkspaceList().allocate(folder));
        try {
            checkout.folder().mkdirs();
            GitSCM scm = new GitSCM(
                    List.of(new UserRemoteConfig(step.getRepo(), null, null, step.repositoryCredentials())),
                    List.of(new BranchSpec(branchSpec(step.getBranch()))),
                    null,
                    null,
                    List.of());
            new GenericSCMStep(scm).checkout(run, checkout.folder(), listener, launcher);
            return checkout;
        } catch (Exception | Error e) {
            checkout.close();
            throw e;
        }
    }

    /** Exactly this branch, and none whose name only ends like it; full refs and commits as they are. */
    static String branchSpec(String branch) {
        String name = branch == null ? GitopsStep.DEFAULT_BRANCH : branch;
        return name.startsWith("refs/") || COMMIT.matcher(name).matches() ? name : "refs/heads/" + name;
    }

    FilePath folder() {
        return lease.path;
    }

    @Override
    public void close() {
        lease.release();
    }
}
