package io.jenkins.plugins.gitops.agent;

import hudson.AbortException;
import io.jenkins.plugins.gitops.engine.validate.ValidatePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a folder of a workspace is in a checkout that belongs to this workspace, or at least in the workspace. */
final class Checkout {

    private Checkout() {}

    /**
     * Looks for a checkout in the folder and in those above it, and no higher than {@code root}: what a node's
     * workspaces happen to lie in is no build's config repository.
     *
     * @throws AbortException if there is none
     */
    static void require(Path folder, Path root) throws AbortException {
        Path top = folder.startsWith(root) ? root : folder;
        for (Path candidate = folder; candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate.resolve(".git"))) {
                return;
            }
            if (candidate.equals(top)) {
                break;
            }
        }
        throw new AbortException("There is no Git checkout in the workspace (" + folder
                + "). Run \"checkout scm\" before this step, or name the config repository with \"repo\".");
    }

    /**
     * The policy with the folder of policies where it is in the workspace.
     *
     * @throws AbortException if there is no such folder, or it is not inside the workspace
     */
    static ValidatePolicy inside(ValidatePolicy policy, Path root) throws IOException {
        if (policy.policies() == null) {
            return policy;
        }
        Path folder = root.resolve(policy.policies());
        if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(root.toRealPath())) {
            throw new AbortException("There is no folder \"" + policy.policies() + "\" in the workspace (" + root
                    + "). Give the folder of the policies relative to it.");
        }
        return policy.withPolicies(folder.toRealPath().toString());
    }
}
