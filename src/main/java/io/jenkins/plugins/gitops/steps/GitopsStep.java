package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.gitops.agent.NodeEngine;
import io.jenkins.plugins.gitops.clusters.ClusterChoice;
import io.jenkins.plugins.gitops.engine.AppName;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step needs to know: which app, from which config repository, to which cluster. */
public abstract class GitopsStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The branch of {@code repo} where none is named. */
    public static final String DEFAULT_BRANCH = "main";

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/@]*:[^/]*@");

    /** An option instead of a URL, or a remote helper, which is a program. */
    private static final Pattern NO_URL = Pattern.compile("-.*|[\\w.+-]+::.*", Pattern.DOTALL);

    private final String app;
    private String path;
    private String repo;
    private String branch;
    private String gitCredentialsId;
    private String cluster;
    private String kubeconfigCredentialsId;
    private String serverUrl;
    private String caCertificate;
    private String credentialsId;
    private String namespace;
    private RendererChoice renderer = RendererChoice.AUTO;

    /** @param app the app's name */
    protected GitopsStep(String app) {
        this.app = Util.fixNull(app).trim();
    }

    public String getApp() {
        return app;
    }

    /** The folder in the config repository. */
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    /** URL of the config repository; {@code null} for the checkout in the workspace. */
    public String getRepo() {
        return repo;
    }

    @DataBoundSetter
    public void setRepo(String repo) {
        this.repo = Util.fixEmptyAndTrim(repo);
    }

    /** Of {@code repo}; {@code null} for {@value #DEFAULT_BRANCH}. */
    public String getBranch() {
        return branch;
    }

    @DataBoundSetter
    public void setBranch(String branch) {
        this.branch = Util.fixEmptyAndTrim(branch);
    }

    /** For {@code repo}; {@code null} for {@code credentialsId} where that is not the API server's. */
    public String getGitCredentialsId() {
        return gitCredentialsId;
    }

    @DataBoundSetter
    public void setGitCredentialsId(String gitCredentialsId) {
        this.gitCredentialsId = Util.fixEmptyAndTrim(gitCredentialsId);
    }

    /** The name of a cluster that is defined in Jenkins or in the job's folders. */
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = Util.fixEmptyAndTrim(cluster);
    }

    /** A "Secret file" credential with a kubeconfig. */
    public String getKubeconfigCredentialsId() {
        return kubeconfigCredentialsId;
    }

    @DataBoundSetter
    public void setKubeconfigCredentialsId(String kubeconfigCredentialsId) {
        this.kubeconfigCredentialsId = Util.fixEmptyAndTrim(kubeconfigCredentialsId);
    }

    /** The API server's URL, instead of a kubeconfig. */
    public String getServerUrl() {
        return serverUrl;
    }

    @DataBoundSetter
    public void setServerUrl(String serverUrl) {
        this.serverUrl = Util.fixEmptyAndTrim(serverUrl);
    }

    /** PEM of the certificate authorities to trust at {@code serverUrl}. */
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** With {@code serverUrl}, the credential for the API server; without it, the one for {@code repo}. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** For objects that name none, and home of the app's inventory. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** What makes manifests of the folder. */
    public RendererChoice getRenderer() {
        return renderer;
    }

    @DataBoundSetter
    public void setRenderer(RendererChoice renderer) {
        this.renderer = renderer == null ? RendererChoice.AUTO : renderer;
    }

    /** The credential with which {@code repo} is fetched; {@code null} for none. */
    String repositoryCredentials() {
        return gitCredentialsId != null || serverUrl != null ? gitCredentialsId : credentialsId;
    }

    /** The cluster as the arguments name it. */
    ClusterChoice clusterChoice() {
        return new ClusterChoice(cluster, kubeconfigCredentialsId, serverUrl, caCertificate, credentialsId);
    }

    /** What the engine is asked for. */
    abstract Command command();

    /** The request with every option that the arguments set. */
    SyncRequest request() {
        return NodeEngine.request(command())
                .withApp(app)
                .withPath(path)
                .withNamespace(namespace)
                .withRender(RenderPolicy.DEFAULT.withRenderer(renderer));
    }

    /** What becomes of the build. */
    abstract Verdict verdict(Report report);

    /** @throws AbortException if the arguments do not fit together */
    void check() throws AbortException {
        try {
            AppName.check(app);
        } catch (BadInputException e) {
            throw new AbortException(e.getMessage());
        }
        clusterChoice().check();
        refuseIf(command() != Command.VALIDATE && clusterChoice().isNone(), Messages.GitopsStep_noCluster());
        refuseIf(problemOfRepo(repo) != null, problemOfRepo(repo));
        refuseIf(repo == null && branch != null, Messages.GitopsStep_needsRepo("branch"));
        refuseIf(repo == null && gitCredentialsId != null, Messages.GitopsStep_needsRepo("gitCredentialsId"));
        refuseIf(
                repo == null && serverUrl == null && credentialsId != null,
                Messages.GitopsStep_needsRepo("credentialsId"));
    }

    /** What is wrong with a repository's URL; {@code null} where nothing is. */
    static String problemOfRepo(String repo) {
        if (repo == null) {
            return null;
        }
        if (PASSWORD_IN_URL.matcher(repo).find()) {
            return Messages.GitopsStep_passwordInUrl();
        }
        return NO_URL.matcher(repo).matches() ? Messages.GitopsStep_noUrl() : null;
    }

    static void refuseIf(boolean wrong, String message) throws AbortException {
        if (wrong) {
            throw new AbortException(message);
        }
    }

    @Override
    public StepExecution start(StepContext context) {
        return new GitopsExecution(this, context);
    }
}
