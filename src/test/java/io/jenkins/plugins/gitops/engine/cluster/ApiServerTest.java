package io.jenkins.plugins.gitops.engine.cluster;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** What becomes of faults: those that pass are tried again, the others are told, and no credential goes astray. */
public class ApiServerTest {

    @Rule
    public final FaultyServer server = new FaultyServer();

    @Test
    public void overloadIsTriedAgainAfterTheTimeThatTheServerAsksFor() throws Exception {
        server.answer(429, FaultyServer.status(429, "TooManyRequests", "slow down"), Map.of("Retry-After", "1"))
                .answer(200, "{\"gitVersion\":\"v1.36.3\"}");
        long start = System.nanoTime();
        try (ApiServer api = server.connect()) {
            assertEquals("v1.36.3", api.version());
            assertEquals(2, api.requests());
        }
        assertTrue(System.nanoTime() - start >= 1_000_000_000L);
    }

    @Test
    public void overloadThatDoesNotPassIsToldInTheEnd() throws Exception {
        server.answer(429, FaultyServer.status(429, "TooManyRequests", "slow down"));
        try (ApiServer api = server.connect()) {
            ApiException failed = assertThrows(ApiException.class, api::version);
            assertEquals(429, failed.code());
            assertEquals("slow down", failed.getMessage());
        }
        assertEquals(6, server.requests.size());
    }

    @Test
    public void aFieldThatTheSchemaDoesNotKnowIsNotTriedAgain() throws Exception {
        server.answer(
                500,
                FaultyServer.status(
                        500, "", "failed to create typed patch object: .spec.replcas: field not declared in schema"));
        try (ApiServer api = server.connect()) {
            ApiException refused = assertThrows(ApiException.class, api::version);
            assertTrue(refused.isInvalidObject());
        }
        assertEquals(1, server.requests.size());
    }

    /** As behind a proxy for many clusters. */
    @Test
    public void aServerMayHaveAPathBeforeItsOwn() throws Exception {
        server.answer(200, "{\"gitVersion\":\"v1.36.3\"}").answer(404, FaultyServer.status(404, "NotFound", "none"));
        ClusterAccess access = new ClusterAccess(server.url() + "/k8s/clusters/c-1/").token("t0ken");
        try (ApiServer api = ApiServer.connect(access)) {
            assertEquals("v1.36.3", api.version());
            ApiResource roles =
                    new ApiResource("rbac.authorization.k8s.io", "v1", "Role", "roles", true, Set.of("get"));
            assertTrue(new ObjectApi(api).get(roles, "shop", "a:b%c").isEmpty());
        }
        assertEquals(
                List.of(
                        "GET /k8s/clusters/c-1/version",
                        "GET /k8s/clusters/c-1/apis/rbac.authorization.k8s.io/v1/namespaces/shop/roles/a%3Ab%25c"),
                server.requests);
    }

    @Test
    public void aRedirectIsNotFollowed() throws Exception {
        FaultyServer elsewhere = new FaultyServer();
        elsewhere.before();
        try (ApiServer api = server.connect()) {
            elsewhere.answer(200, "{\"gitVersion\":\"stolen\"}");
            server.answer(302, "", Map.of("Location", elsewhere.url() + "/version"));
            ApiException refused = assertThrows(ApiException.class, api::version);
            assertEquals(302, refused.code());
            assertEquals(0, elsewhere.requests.size());
        } finally {
            elsewhere.after();
        }
    }

    @Test
    public void theBodyOfSomethingThatIsNoApiServerIsNotRepeated() throws Exception {
        server.answer(403, "<html>secret internals</html>");
        try (ApiServer api = server.connect()) {
            ApiException refused = assertThrows(ApiException.class, api::version);
            assertEquals(server.url() + " answered with HTTP status 403", refused.getMessage());
        }
    }

    @Test
    public void somethingThatIsNoApiServerIsSaidToBeNone() throws Exception {
        server.answer(200, "{\"hello\":1}");
        try (ApiServer api = server.connect()) {
            ClusterException refused = assertThrows(ClusterException.class, () -> Discovery.discover(api));
            assertEquals(server.url() + " does not answer like a Kubernetes API server", refused.getMessage());
        }
    }

    @Test
    public void theTokenIsInNoMessage() throws Exception {
        server.answer(401, FaultyServer.status(401, "Unauthorized", "Unauthorized"));
        try (ApiServer api = server.connect()) {
            ApiException refused = assertThrows(ApiException.class, api::version);
            assertEquals(server.url() + " does not accept the credential (401 Unauthorized)", refused.getMessage());
        }
        assertEquals("Bearer t0ken", server.authorizations.get(0));
        assertFalse(new ClusterAccess(server.url()).token("t0ken").toString().contains("t0ken"));
    }

    @Test
    public void aServerWithoutACredentialOrInTheClearIsRefused() {
        assertEquals(
                "there is no credential for https://127.0.0.1:6443",
                assertThrows(
                                ClusterException.class,
                                () -> ApiServer.connect(new ClusterAccess("https://127.0.0.1:6443")))
                        .getMessage());
        for (String url : new String[] {"http://cluster.example.org", "ftp://x", "no url", "https://u:p@host"}) {
            assertThrows(url, ClusterException.class, () -> new ClusterAccess(url));
        }
    }

    @Test
    public void discoveryOfAnOldServerAsksVersionByVersion() throws Exception {
        server.answer(200, "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}")
                .answer(
                        200,
                        "{\"kind\":\"APIResourceList\",\"resources\":[{\"name\":\"pods\",\"kind\":\"Pod\",\"namespaced\":true,"
                                + "\"verbs\":[\"list\"]},{\"name\":\"pods/log\",\"kind\":\"Pod\",\"namespaced\":true,\"verbs\":[]}]}")
                .answer(
                        200,
                        "{\"kind\":\"APIGroupList\",\"groups\":[{\"name\":\"apps\",\"versions\":[{\"version\":\"v1\"}],"
                                + "\"preferredVersion\":{\"version\":\"v1\"}}]}")
                .answer(
                        200,
                        "{\"kind\":\"APIResourceList\",\"resources\":[{\"name\":\"deployments\",\"kind\":\"Deployment\","
                                + "\"namespaced\":true,\"verbs\":[\"list\",\"patch\"]}]}");
        try (ApiServer api = server.connect()) {
            ApiResources resources = Discovery.discover(api);
            assertEquals(2, resources.kinds().size());
            assertTrue(resources.find("v1", "Pod").orElseThrow().can("list"));
            assertTrue(resources.find("apps/v1", "Deployment").orElseThrow().can("patch"));
        }
    }

    @Test
    public void listsAreReadPageByPage() throws Exception {
        server.answer(
                        200,
                        "{\"kind\":\"ConfigMapList\",\"metadata\":{\"continue\":\"next/1\"},\"items\":[{\"metadata\":{\"name\":\"a\"}}]}")
                .answer(200, "{\"items\":[{\"metadata\":{\"name\":\"b\"}}],\"metadata\":{}}");
        StringBuilder names = new StringBuilder();
        try (ApiServer api = server.connect()) {
            ApiResource kind = new ApiResource("", "v1", "ConfigMap", "configmaps", true, java.util.Set.of("list"));
            new ObjectApi(api).list(kind, "", "a=b", item -> names.append(
                            item.path("kind").asText())
                    .append(item.path("metadata").path("name").asText()));
        }
        assertEquals("ConfigMapaConfigMapb", names.toString());
        assertEquals("GET /api/v1/configmaps?limit=500&labelSelector=a%3Db", server.requests.get(0));
        assertEquals("GET /api/v1/configmaps?limit=500&labelSelector=a%3Db&continue=next%2F1", server.requests.get(1));
    }
}
