package io.jenkins.plugins.gitops.engine.policy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.EngineRule;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestReader;
import io.jenkins.plugins.gitops.engine.manifest.ReadResult;
import io.jenkins.plugins.gitops.engine.schema.KindSchema;
import io.jenkins.plugins.gitops.engine.schema.SchemaFile;
import io.jenkins.plugins.gitops.engine.schema.Schemas;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/**
 * Every object against every policy: what we say without a server is what a real one says. The bindings warn, so that
 * one answer of the server tells of all policies.
 */
public class AdmissionPoliciesIT {

    @Rule
    public final EngineRule engine = new EngineRule();

    private String policies;

    @After
    public void removePolicies() throws Exception {
        engine.kubectlWith(policies, "delete", "--ignore-not-found", "--wait=false", "-f", "-");
    }

    @Test
    public void verdictsAreThoseOfTheServer() throws Exception {
        String namespace = engine.namespace();
        // Nobody else's namespace is told apart by this label.
        policies = text("policies.yaml")
                .replace("policy-test: \"yes\"", "policy-test: \"yes\", kubernetes.io/metadata.name: " + namespace)
                .replace("validationActions: [Deny]", "validationActions: [Warn]");
        engine.kubectl("label", "namespace", namespace, "policy-test=yes");
        String limits = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: limits, namespace: " + namespace
                + "}\ndata: {max: \"3\"}\n";
        engine.kubectlWith(limits, "create", "-f", "-");
        engine.kubectlWith(policies, "create", "-f", "-");

        List<Manifest> known = new ArrayList<>(read(policies));
        known.addAll(read(limits));
        known.addAll(read("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + namespace
                + ", labels: {policy-test: \"yes\"}}\n"));
        Schemas schemas = SchemaFile.shipped();
        AdmissionPolicies offline = new AdmissionPolicies(known, schemas, namespace);
        assertEquals(List.of(), offline.faults());
        String token = engine.kubectl("create", "serviceaccount", "asker").isEmpty() ? "" : "";
        engine.kubectl(
                "create",
                "rolebinding",
                "asker",
                "--clusterrole=cluster-admin",
                "--serviceaccount=" + namespace + ":asker");
        token = engine.kubectl("create", "token", "asker").strip();

        List<Manifest> objects = read(text("objects.yaml"));
        awaitPolicies(objects.get(0), schemas, offline, token);
        int pairs = 0;
        int against = 0;
        List<String> different = new ArrayList<>();
        for (Manifest object : objects) {
            KindSchema kind = schemas.find(object.apiVersion(), object.kind()).orElseThrow();
            Set<String> server = warnings(object, kind, token);
            Set<String> ours = ours(offline, object);
            against += ours.size();
            pairs += pairs(known, kind, object, offline);
            if (!ours.equals(server)) {
                Set<String> missing = new TreeSet<>(server);
                missing.removeAll(ours);
                Set<String> more = new TreeSet<>(ours);
                more.removeAll(server);
                different.add(object.id() + "\n  only the server: " + String.join("\n    ", missing) + "\n  only ours: "
                        + String.join("\n    ", more));
            }
        }
        System.out.println(pairs + " pairs of policy and object, " + against + " verdicts against");
        assertEquals(String.join("\n", different), 0, different.size());
        assertTrue("pairs: " + pairs, pairs >= 200);
        assertTrue("verdicts against: " + against, against >= 60 && against <= pairs - 60);
    }

    /** Until the policies that were created last are heard of, for an object that breaks many of them. */
    private void awaitPolicies(Manifest object, Schemas schemas, AdmissionPolicies offline, String token)
            throws Exception {
        KindSchema kind = schemas.find(object.apiVersion(), object.kind()).orElseThrow();
        int wanted = ours(offline, object).size();
        Instant end = Instant.now().plus(Duration.ofSeconds(120));
        int steady = 0;
        // Where the two never agree, the comparison tells in what.
        while (Instant.now().isBefore(end) && steady < 3) {
            steady = warnings(object, kind, token).size() == wanted ? steady + 1 : 0;
            Thread.sleep(500);
        }
    }

    /** The policies whose rules name the resource. */
    private static int pairs(List<Manifest> known, KindSchema kind, Manifest object, AdmissionPolicies offline) {
        int pairs = 0;
        for (Manifest policy : known) {
            if (policy.kind().equals("ValidatingAdmissionPolicy")
                    && policy.json()
                            .path("spec")
                            .path("matchConstraints")
                            .toString()
                            .contains("\"" + kind.plural() + "\"")) {
                pairs++;
            }
        }
        return pairs;
    }

    private static Set<String> ours(AdmissionPolicies offline, Manifest object) {
        Set<String> texts = new TreeSet<>();
        for (Violation violation : offline.violations(object)) {
            texts.add(violation.toString());
        }
        return texts;
    }

    private Set<String> warnings(Manifest object, KindSchema kind, String token) throws Exception {
        String group = kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion();
        URI uri = URI.create(engine.cluster().server() + group + "/namespaces/" + engine.namespace() + "/"
                + kind.plural() + "?dryRun=All&fieldValidation=Ignore");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(object.json().toString()))
                .build();
        HttpResponse<String> response = client().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(object.id() + ": " + response.body(), 201, response.statusCode());
        Set<String> texts = new TreeSet<>();
        for (String warning : response.headers().allValues("Warning")) {
            String text = warning.substring(warning.indexOf('"') + 1, warning.lastIndexOf('"'))
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\");
            if (text.startsWith("Validation failed")) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static List<Manifest> read(String yaml) {
        ReadResult result = ManifestReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), result.problems());
        return result.manifests();
    }

    private static String text(String resource) throws Exception {
        try (var in = AdmissionPoliciesIT.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpClient client() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        return HttpClient.newBuilder().sslContext(context).build();
    }

    /** Of the test's own server, on this machine. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
