package hudson.plugins.git.browser;

public abstract class GitRepositoryBrowser {
    GitRepositoryBrowser() {}
}
