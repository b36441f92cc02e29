package io.jenkins.plugins.gitops.agent;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.Test;

public class CappedBufferTest {

    private final CappedBuffer buffer = new CappedBuffer("report", 1 << 20);

    @Test
    public void whatFitsIsKept() throws Exception {
        assertFalse(buffer.await(Duration.ZERO));
        buffer.write(new byte[] {1, 2, 3, 4}, 1, 2);
        buffer.write(9);
        buffer.close();
        assertTrue(buffer.await(Duration.ZERO));
        assertArrayEquals(new byte[] {2, 3, 9}, buffer.content());
    }

    @Test
    public void aNodeThatSendsMoreIsRefusedAndNothingOfItIsKept() throws Exception {
        buffer.write(new byte[1 << 20]);
        IOException refused = assertThrows(IOException.class, () -> buffer.write(1));
        assertEquals("the report is larger than 1 MiB", refused.getMessage());
        assertThrows(IOException.class, () -> buffer.write(1));
        buffer.close();
        assertThrows(IOException.class, buffer::content);
    }

    @Test
    public void nothingIsTakenAfterTheEnd() throws Exception {
        buffer.write(7);
        buffer.close();
        assertThrows(IOException.class, () -> buffer.write(8));
        assertArrayEquals(new byte[] {7}, buffer.content());
    }
}
