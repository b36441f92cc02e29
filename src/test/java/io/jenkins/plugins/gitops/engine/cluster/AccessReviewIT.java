package io.jenkins.plugins.gitops.engine.cluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.EngineRule;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** What a real API server says of credentials. */
public class AccessReviewIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    @Test
    public void anAdministratorLacksNothing() throws Exception {
        try (ApiServer server = ApiServer.connect(engine.access())) {
            assertEquals(List.of(), new AccessReview(server).missing(engine.namespace()));
        }
    }

    /** A role of these verbs on everything, in the app's namespace alone. */
    private ClusterAccess mayOnly(String verbs) throws Exception {
        String role = engine.namespace() + "-role";
        engine.kubectl("create", "clusterrole", role, "--verb=" + verbs, "--resource=*.*");
        return engine.tenant(role);
    }

    @Test
    public void whatARoleDoesNotGrantIsNamed() throws Exception {
        try (ApiServer server = ApiServer.connect(mayOnly("get,list,watch"))) {
            AccessReview review = new AccessReview(server);
            assertEquals("system:serviceaccount:" + engine.namespace() + ":tenant", review.whoAmI());
            List<AccessReview.Missing> missing = review.missing(engine.namespace());
            List<String> writes = List.of("create", "patch", "delete");
            assertTrue(missing.toString(), missing.contains(new AccessReview.Missing("deployments.apps", writes)));
            assertTrue(missing.toString(), missing.contains(new AccessReview.Missing("secrets", writes)));
        }
    }

    @Test
    public void aRoleThatMayEditLacksNothingInItsNamespaceAlone() throws Exception {
        try (ApiServer server = ApiServer.connect(mayOnly("get,list,watch,create,patch,delete"))) {
            AccessReview review = new AccessReview(server);
            assertEquals(List.of(), review.missing(engine.namespace()));
            assertEquals(8, review.missing("default").size());
        }
    }
}
