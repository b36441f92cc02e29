package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.sops.AgeKeys;
import java.io.IOException;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The age keys of a job's credential, with which a run decrypts what SOPS has encrypted. */
public final class JobAgeKeys {

    private JobAgeKeys() {}

    /**
     * @param credentialsId of a credential of the kind "Secret file" or "Secret text"; {@code null} for no keys
     * @throws AbortException if there is none that the job may use, or it holds no age key
     */
    public static AgeKeys of(Run<?, ?> run, String credentialsId) throws IOException {
        if (credentialsId == null) {
            return AgeKeys.NONE;
        }
        StandardCredentials found = new JobCredentials(run)
                .find(credentialsId, StandardCredentials.class, Messages.JobAgeKeys_kind(), null);
        String text;
        if (found instanceof FileCredentials file) {
            text = ClusterCredentials.text(file);
        } else if (found instanceof StringCredentials secret) {
            text = secret.getSecret().getPlainText();
        } else {
            throw new AbortException(Messages.JobCredentials_otherKind(credentialsId, Messages.JobAgeKeys_kind()));
        }
        try {
            return AgeKeys.parse(Messages.ClusterCredentials_name(credentialsId), text);
        } catch (BadInputException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Whether a credential is of a kind that can hold keys, and may be used by jobs. */
    static boolean fits(Credentials credentials) {
        return credentials.getScope() != CredentialsScope.SYSTEM
                && (credentials instanceof FileCredentials || credentials instanceof StringCredentials);
    }
}
