package io.jenkins.plugins.gitops.agent;

import hudson.AbortException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a folder of a workspace is in a checkout that belongs to this workspace. */
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
}
