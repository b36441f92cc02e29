package hudson.plugins.git;

import hudson.plugins.git.browser.GitRepositoryBrowser;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.scm.SCM;
import java.util.List;

public class GitSCM extends SCM {
    public GitSCM(
            List<UserRemoteConfig> userRemoteConfigs,
            List<BranchSpec> branches,
            GitRepositoryBrowser browser,
            String gitTool,
            List<GitSCMExtension> extensions) {
        throw new UnsupportedOperationException();
    }
}
