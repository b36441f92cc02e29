package io.jenkins.plugins.gitops.steps;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.gitops.agent.NodeEngine;
import io.jenkins.plugins.gitops.engine.AppName;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.render.HelmPolicy;
import io.jenkins.plugins.gitops.engine.render.RenderPolicy;
import io.jenkins.plugins.gitops.engine.render.RendererChoice;
import io.jenkins.plugins.gitops.engine.render.SubstitutionPolicy;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.source.TrustedSigners;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step needs to know: which app, from which config repository, rendered how, to which cluster. */
public abstract class GitopsStep extends ClusterStep {
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
    private String trustedSigners;
    private RendererChoice renderer = RendererChoice.AUTO;
    private HelmOptions helm;
    private SubstitutionOptions substitution;
    private String ageKeyCredentialsId;

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

    /** Public keys of SSH or OpenPGP, one of which must have signed the commit; {@code null} where it need not be signed. */
    public String getTrustedSigners() {
        return trustedSigners;
    }

    @DataBoundSetter
    public void setTrustedSigners(String trustedSigners) {
        this.trustedSigners = Util.fixEmptyAndTrim(trustedSigners);
    }

    /** What makes manifests of the folder. */
    public RendererChoice getRenderer() {
        return renderer;
    }

    @DataBoundSetter
    public void setRenderer(RendererChoice renderer) {
        this.renderer = renderer == null ? RendererChoice.AUTO : renderer;
    }

    /** The parameters of a chart; {@code null} for none. */
    public HelmOptions getHelm() {
        return helm;
    }

    @DataBoundSetter
    public void setHelm(HelmOptions helm) {
        this.helm = helm;
    }

    /** What becomes of variables in manifests; {@code null} for nothing. */
    public SubstitutionOptions getSubstitution() {
        return substitution;
    }

    @DataBoundSetter
    public void setSubstitution(SubstitutionOptions substitution) {
        this.substitution = substitution;
    }

    /** A "Secret file" or "Secret text" with the age keys for what SOPS has encrypted. */
    public String getAgeKeyCredentialsId() {
        return ageKeyCredentialsId;
    }

    @DataBoundSetter
    public void setAgeKeyCredentialsId(String ageKeyCredentialsId) {
        this.ageKeyCredentialsId = Util.fixEmptyAndTrim(ageKeyCredentialsId);
    }

    /** The credential with which {@code repo} is fetched; {@code null} for none. */
    String repositoryCredentials() {
        return gitCredentialsId != null || getServerUrl() != null ? gitCredentialsId : getCredentialsId();
    }

    /** What the engine is asked for. */
    abstract Command command();

    /**
     * The request with every option that the arguments set.
     *
     * @throws AbortException if one of them cannot be read
     */
    SyncRequest request() throws AbortException {
        TrustedSigners signers = trustedSigners == null
                ? null
                : Argument.read(() -> TrustedSigners.parse("trustedSigners", trustedSigners));
        RenderPolicy render = RenderPolicy.DEFAULT
                .withRenderer(renderer)
                .withHelm(helm == null ? HelmPolicy.DEFAULT : helm.policy())
                .withSubstitution(substitution == null ? SubstitutionPolicy.NONE : substitution.policy());
        return NodeEngine.request(command(), signers)
                .withApp(app)
                .withPath(path)
                .withNamespace(getNamespace())
                .withRender(render);
    }

    /** What becomes of the build. */
    abstract Verdict verdict(Report report);

    /** @throws AbortException if the arguments do not fit together */
    void check() throws AbortException {
        Argument.read(() -> {
            AppName.check(app);
            return app;
        });
        clusterChoice().check();
        refuseIf(command() != Command.VALIDATE && clusterChoice().isNone(), Messages.GitopsStep_noCluster());
        refuseIf(problemOfRepo(repo) != null, problemOfRepo(repo));
        refuseIf(repo == null && branch != null, Messages.GitopsStep_needsRepo("branch"));
        refuseIf(repo == null && gitCredentialsId != null, Messages.GitopsStep_needsRepo("gitCredentialsId"));
        refuseIf(
                repo == null && getServerUrl() == null && getCredentialsId() != null,
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

    @Override
    public StepExecution start(StepContext context) {
        return new GitopsExecution(this, context);
    }
}
