package io.jenkins.plugins.gitops.clusters;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;

/** The URL of an API server, as forms take it. */
public final class ServerUrl {

    private ServerUrl() {}

    /** What is wrong with it; nothing is where it is empty. Nothing is sent there. */
    public static FormValidation check(String value) {
        String url = Util.fixEmptyAndTrim(value);
        if (url == null) {
            return FormValidation.ok();
        }
        try {
            new ClusterAccess(url);
            return FormValidation.ok();
        } catch (ClusterException e) {
            return FormValidation.error(e.getMessage() + "; " + e.advice());
        }
    }
}
