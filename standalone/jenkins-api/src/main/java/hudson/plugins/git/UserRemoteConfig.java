package hudson.plugins.git;

import hudson.model.AbstractDescribableImpl;

public class UserRemoteConfig extends AbstractDescribableImpl<UserRemoteConfig> {
    public UserRemoteConfig(String url, String name, String refspec, String credentialsId) {
        throw new UnsupportedOperationException();
    }
}
