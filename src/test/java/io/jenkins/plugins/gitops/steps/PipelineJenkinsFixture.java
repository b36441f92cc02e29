package io.jenkins.plugins.gitops.steps;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import hudson.plugins.git.GitSCM;
import hudson.util.Secret;
import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.rules.RuleChain;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins, a config repository, a namespace on a real API server, and a credential for it by the id {@code prod}. */
public class PipelineJenkinsFixture implements TestRule {

    public final JenkinsRule jenkins = new JenkinsRule();
    public final EngineRule engine = new EngineRule();

    @Override
    public Statement apply(Statement base, Description description) {
        Statement prepared = new Statement() {
            @Override
            public void evaluate() throws Throwable {
                boolean before = GitSCM.ALLOW_LOCAL_CHECKOUT;
                GitSCM.ALLOW_LOCAL_CHECKOUT = true;
                try {
                    addKubeconfig("prod", kubeconfig(), CredentialsScope.GLOBAL);
                    base.evaluate();
                } finally {
                    GitSCM.ALLOW_LOCAL_CHECKOUT = before;
                }
            }
        };
        return RuleChain.outerRule(engine).around(jenkins).apply(prepared, description);
    }

    /** A cluster administrator's. */
    public String kubeconfig() throws IOException {
        return Files.readString(engine.cluster().kubeconfig());
    }

    public static void addKubeconfig(String id, String text, CredentialsScope scope) throws IOException {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        SecretBytes bytes = SecretBytes.fromBytes(text.getBytes(StandardCharsets.UTF_8));
        store.getCredentials().add(new FileCredentialsImpl(scope, id, "", "kubeconfig", bytes));
        store.save();
    }

    public static void addToken(String id, String token) throws IOException {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(token)));
        store.save();
    }

    /** {@code checkout} of the config repository. */
    public String checkout() {
        return "checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: '"
                + engine.repository().directory() + "']])";
    }

    /** The arguments that every {@code gitopsSync} of these tests has, for its app {@code shop}. */
    public String arguments() {
        return "app: 'shop', namespace: '" + engine.namespace() + "', kubeconfigCredentialsId: 'prod'";
    }

    /** A sandboxed Pipeline job. */
    public WorkflowJob job(String name, String script) throws IOException {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        define(job, script);
        return job;
    }

    public void define(WorkflowJob job, String script) throws IOException {
        try {
            job.setDefinition(new CpsFlowDefinition(script, true));
        } catch (hudson.model.Descriptor.FormException e) {
            throw new IOException(e);
        }
    }

    /** Builds a job to its end. */
    public WorkflowRun build(WorkflowJob job) throws Exception {
        QueueTaskFuture<WorkflowRun> future = job.scheduleBuild2(0);
        return jenkins.waitForCompletion(future.waitForStart());
    }

    /** The archived report of an app. */
    public static Report report(Run<?, ?> run, String key) throws IOException {
        try (InputStream json = run.getArtifactManager()
                .root()
                .child("gitops/" + key + "/report.json")
                .open()) {
            return ReportJson.read(json);
        }
    }

    /** Everything in the build's log. */
    public static String log(Run<?, ?> run) throws IOException {
        return JenkinsRule.getLog(run);
    }
}
