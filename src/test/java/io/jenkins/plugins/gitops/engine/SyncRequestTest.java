package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.source.RepositoryPolicy;
import io.jenkins.plugins.gitops.engine.source.RepositoryRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.Test;

public class SyncRequestTest {

    /** From a controller to an agent. */
    @Test
    public void aRequestCanBeSentToWhereTheEngineRuns() throws Exception {
        RepositoryRequest checkout = new RepositoryRequest(".", null, false, RepositoryPolicy.localAndRemote(), null);
        SyncRequest request = SyncRequest.of(Command.SYNC, checkout)
                .withApp("shop")
                .withPath("apps/shop")
                .withNamespace("prod");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(request);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(request, in.readObject());
        }
    }
}
