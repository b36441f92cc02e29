package io.jenkins.plugins.gitops.agent;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import java.io.IOException;
import org.junit.Test;

/** What a build's log says of what a node has thrown. */
public class NodeFailureTest {

    private static final int JAVA_55 = 99;

    /** As a Java that is too old does it, with a class that was made for one that is still to come. */
    private static final class FutureClass extends ClassLoader {
        void load() {
            byte[] head = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, JAVA_55, 0, 1};
            defineClass("io.jenkins.plugins.gitops.agent.EngineTask", head, 0, head.length);
        }
    }

    @Test
    public void anAgentWhoseJavaIsTooOldIsToldSo() {
        UnsupportedClassVersionError thrown =
                assertThrows(UnsupportedClassVersionError.class, () -> new FutureClass().load());
        IOException e = NodeFailure.of(new IOException("Remote call on old failed", thrown));
        assertTrue(e instanceof AbortException);
        assertTrue(e.getMessage(), e.getMessage().startsWith("The node's Java is too old for this plugin ("));
        assertTrue(e.getMessage(), e.getMessage().contains("class file version 99"));
        assertTrue(e.getMessage(), e.getMessage().endsWith("Run the node's agent with Java 17 or newer."));
    }

    @Test
    public void anAgentThatLacksClassesIsToldSo() {
        for (Throwable thrown : new Throwable[] {
            new NoClassDefFoundError("jenkins/MasterToSlaveFileCallable"),
            new ClassNotFoundException("jenkins.MasterToSlaveFileCallable")
        }) {
            IOException e = NodeFailure.of(new IOException("Remote call on old failed", thrown));
            assertTrue(e instanceof AbortException);
            assertTrue(e.getMessage(), e.getMessage().contains("agent.jar"));
        }
    }

    @Test
    public void whatAPersonCanMendIsSaidAsItIs() {
        IOException e = NodeFailure.of(new AbortException("There is no Git checkout.\nRun \"checkout scm\"."));
        assertTrue(e instanceof AbortException);
        assertEquals("There is no Git checkout.\nRun \"checkout scm\".", e.getMessage());
    }

    @Test
    public void aFaultKeepsItsStackTrace() {
        IllegalStateException thrown = new IllegalStateException("broken");
        IOException e = NodeFailure.of(thrown);
        assertEquals("The run in the node failed: java.lang.IllegalStateException: broken", e.getMessage());
        assertSame(thrown, e.getCause());
    }

    @Test
    public void aHugeMessageIsCutWhereverItIs() {
        String huge = "\u001b[2J" + "x".repeat(10_000_000);
        for (Throwable thrown : new Throwable[] {
            new AbortException(huge),
            new IOException(huge),
            new IOException("small", new IOException(huge)),
            new NoClassDefFoundError(huge)
        }) {
            IOException e = NodeFailure.of(thrown);
            assertTrue(e.getMessage().length() < 5_000);
            assertEquals(-1, e.getMessage().indexOf('\u001b'));
            assertNull("it would be printed", e.getCause());
        }
    }

    @Test
    public void causesWithoutAnEndAreNotFollowed() {
        IOException first = new IOException("first");
        IOException second = new IOException("second", first);
        first.initCause(second);
        assertNull(NodeFailure.of(first).getCause());
        Throwable deep = new IOException("deepest");
        for (int i = 0; i < 100_000; i++) {
            deep = new IOException("x", deep);
        }
        assertNull(NodeFailure.of(deep).getCause());
    }
}
