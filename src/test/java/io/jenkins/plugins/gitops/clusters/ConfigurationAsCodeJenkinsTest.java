package io.jenkins.plugins.gitops.clusters;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** Clusters as code: read, written, and read again. */
public class ConfigurationAsCodeJenkinsTest {

    private static final String CLUSTERS =
            """
            unclassified:
              gitopsClusters:
                clusters:
                - name: prod
                  serverUrl: https://kubernetes.example.org:6443
                  caCertificate: |
                    -----BEGIN CERTIFICATE-----
                    abc
                    -----END CERTIFICATE-----
                  credentialsId: prod-deployer
                  namespace: shop
                  allowedItems: |
                    team-a
                    team-b/deploy
                - name: test
                  credentialsId: test-kubeconfig
            """;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private void configure(String yaml) throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static String export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The part of an export that is about clusters, under its root. */
    private static String clusters(String export) {
        StringBuilder part = new StringBuilder("unclassified:\n");
        boolean inside = false;
        for (String line : export.lines().toList()) {
            boolean begins = line.equals("  gitopsClusters:");
            inside = begins || inside && line.startsWith("    ");
            if (inside) {
                part.append(line).append('\n');
            }
        }
        return part.toString();
    }

    @Test
    public void whatIsWrittenIsReadAgainAsItWas() throws Exception {
        configure(CLUSTERS);
        List<Cluster> read = GitopsClusters.get().getClusters();
        assertEquals(
                List.of("prod", "test"), read.stream().map(Cluster::getName).toList());
        Cluster prod = read.get(0);
        assertEquals("https://kubernetes.example.org:6443", prod.getServerUrl());
        assertEquals("prod-deployer", prod.getCredentialsId());
        assertEquals("shop", prod.getNamespace());
        assertTrue(prod.getCaCertificate().startsWith("-----BEGIN"));
        assertTrue(prod.allows("team-a/anything"));
        assertTrue(prod.allows("team-b/deploy"));
        assertFalse(prod.allows("team-b"));
        assertNull("nothing is invented for what is not given", read.get(1).getServerUrl());

        String exported = clusters(export());
        assertTrue(exported, exported.contains("name: \"prod\""));
        GitopsClusters.get().setClusters(List.of());
        configure(exported);
        jenkins.assertEqualDataBoundBeans(read, GitopsClusters.get().getClusters());
        assertEquals(exported, clusters(export()));
    }

    @Test
    public void itIsSavedAndCanTakeEverythingAway() throws Exception {
        configure(CLUSTERS);
        List<Cluster> read = GitopsClusters.get().getClusters();
        jenkins.assertEqualDataBoundBeans(read, new GitopsClusters().getClusters()); // reads what was saved
        configure("unclassified:\n  gitopsClusters:\n    clusters: []\n");
        assertEquals(List.of(), GitopsClusters.get().getClusters());
    }
}
