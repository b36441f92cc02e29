package io.jenkins.plugins.gitops.agent;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.RemoteOutputStream;
import hudson.remoting.VirtualChannel;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.probe.ProbeState;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.swing.event.EventListenerList;
import jenkins.MasterToSlaveFileCallable;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A real agent that is asked for a report and answers with something else. */
public class HostileAgentJenkinsTest {

    @ClassRule
    public static final JenkinsRule JENKINS = new JenkinsRule();

    private static DumbSlave agent;
    private FilePath workspace;

    @Before
    public void connect() throws Exception {
        if (agent == null) {
            agent = JENKINS.createOnlineSlave();
        }
        workspace = agent.getRootPath().child("checkout");
        workspace.mkdirs();
    }

    private Report run(Lie lie) throws Exception {
        SyncRequest request = NodeEngine.request(Command.DRIFT, null).withApp("shop");
        ClusterAccess noCluster = null;
        return new NodeEngine(workspace, workspace.getRemote(), noCluster, TaskListener.NULL)
                .report(request, report -> new LyingTask(lie, report));
    }

    private String refusal(Lie lie) {
        String message = assertThrows(IOException.class, () -> run(lie)).getMessage();
        assertTrue(message, message.length() < 5_000);
        assertFalse(message, message.contains("\u001b"));
        return message;
    }

    @Test
    public void anHonestReportArrives() throws Exception {
        assertEquals(Status.IN_SYNC, run(Lie.NONE).status());
    }

    @Test
    public void anEndlessReportIsCutOff() {
        String message = refusal(Lie.ENDLESS);
        assertTrue(message, message.contains("the report is larger than 32 MiB"));
    }

    @Test
    public void whatIsNoReportOrAnotherRunsIsRefused() {
        assertTrue(refusal(Lie.NOTHING).startsWith("The node sent no sound report: "));
        assertTrue(refusal(Lie.MALFORMED).startsWith("The node sent no sound report: "));
        assertTrue(refusal(Lie.DEEP).contains("nesting depth"));
        assertTrue(refusal(Lie.UNKNOWN_STATUS).contains("status is none of InSync"));
        assertTrue(refusal(Lie.OTHER_APP).startsWith("The node sent the report of another run: DRIFT of \"mail\""));
    }

    @Test
    public void aHugeErrorIsCut() {
        assertTrue(refusal(Lie.HUGE_ERROR).startsWith("The run in the node failed: "));
    }

    /** What an error of an agent's own class says arrives as text, and no object with it. */
    @Test
    public void anErrorWithAnObjectOfAClassThatIsNotAllowedIsTextAlone() {
        IOException e = assertThrows(IOException.class, () -> run(Lie.FORBIDDEN_CLASS));
        assertTrue(e.getMessage(), e.getMessage().startsWith("The run in the node failed: "));
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertFalse(cause instanceof LoadedException);
        }
    }

    /** Nothing of this plugin is run on the controller because an agent asks for it. */
    @Test
    public void anAgentCannotHaveTheEngineRunOnTheController() {
        String message = refusal(Lie.CALL_BACK);
        assertTrue(message, message.contains("refused: ") && message.contains("SecurityException"));
    }

    private enum Lie {
        NONE,
        NOTHING,
        ENDLESS,
        MALFORMED,
        DEEP,
        UNKNOWN_STATUS,
        OTHER_APP,
        HUGE_ERROR,
        FORBIDDEN_CLASS,
        CALL_BACK
    }

    /** Stands for the engine's task in the node. */
    private static final class LyingTask extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        private final Lie lie;
        private final OutputStream report;

        LyingTask(Lie lie, OutputStream report) {
            this.lie = lie;
            this.report = new RemoteOutputStream(report);
        }

        @Override
        public Void invoke(File folder, VirtualChannel channel) throws IOException, InterruptedException {
            String sound = new String(ReportJson.write(sound()), StandardCharsets.UTF_8);
            try (OutputStream out = report) {
                switch (lie) {
                    case NONE -> write(out, sound);
                    case NOTHING -> {}
                    case ENDLESS -> {
                        for (byte[] piece = new byte[1 << 16]; ; ) {
                            out.write(piece);
                        }
                    }
                    case MALFORMED -> write(out, sound.substring(0, sound.length() / 2) + "\u001b[2J");
                    case DEEP -> write(out, "[".repeat(1_000_000));
                    case UNKNOWN_STATUS -> write(out, sound.replace("InSync", "Splendid"));
                    case OTHER_APP -> write(out, sound.replace("\"shop\"", "\"mail\""));
                    case HUGE_ERROR -> throw new IllegalStateException("\u001b[2J" + "x".repeat(20_000_000));
                    case FORBIDDEN_CLASS -> throw new LoadedException();
                    case CALL_BACK -> callBack();
                }
            }
            return null;
        }

        private static void callBack() throws IOException, InterruptedException {
            NodeProbe.Task task = new NodeProbe.Task(null, "shop", null, ProbeState.NONE);
            try {
                Channel.current().call(task);
            } catch (SecurityException | IOException e) {
                throw new IOException("refused: " + e, e);
            }
            throw new IOException("the controller did as it was told");
        }

        private static void write(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Report sound() {
        return NodeAnswerTest.report(Command.DRIFT, "shop", Status.IN_SYNC, "");
    }

    /** An error that carries an object of a class that may not come from an agent. */
    private static final class LoadedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final EventListenerList load = new EventListenerList();

        @Override
        public String getMessage() {
            return "read: " + load.getListenerCount();
        }
    }
}
