package io.jenkins.plugins.gitops;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.Test;

/** What a person who asks what is in the plugin, and under which terms, reads in its bill of materials. */
public class SbomIT {

    private static final String SBOM = "META-INF/sbom/gitops.cdx.json";

    /** Licences that let a plugin under MIT carry the library; another one is for a person to decide on. */
    private static final Set<String> ACCEPTED = Set.of("Apache-2.0", "BSD-3-Clause", "MIT", "Go License");

    private final Map<String, JsonNode> components = new TreeMap<>();
    private final Map<String, String> packed = new TreeMap<>();

    /** Reads the bill of materials and takes the digests of the jars that are really there. */
    public SbomIT() throws Exception {
        try (JarFile hpi = new JarFile(new File(System.getProperty("gitops.hpi")))) {
            ZipEntry entryOfSbom = hpi.getEntry(SBOM);
            assertNotNull("no " + SBOM + "; Maven makes it only where it is not offline", entryOfSbom);
            JsonNode sbom = new ObjectMapper().readTree(hpi.getInputStream(entryOfSbom));
            assertEquals("CycloneDX", sbom.path("bomFormat").asText());
            for (JsonNode component : sbom.path("components")) {
                components.put(
                        component.path("name").asText() + "-"
                                + component.path("version").asText() + ".jar",
                        component);
            }
            for (ZipEntry entry : hpi.stream().toList()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (name.endsWith(".jar") && !name.equals("gitops.jar")) {
                    packed.put(name, sha256(hpi.getInputStream(entry)));
                }
            }
        }
    }

    @Test
    public void itListsWhatIsPackedByItsDigestAndNothingElse() {
        Map<String, String> listed = new TreeMap<>();
        components.forEach((name, component) -> component.path("hashes").forEach(hash -> {
            if (hash.path("alg").asText().equals("SHA-256")) {
                listed.put(name, hash.path("content").asText());
            }
        }));
        assertFalse(packed.isEmpty());
        assertEquals(packed, listed);
    }

    @Test
    public void everyLibraryHasALicenceThatAllowsIt() {
        components.forEach((name, component) -> {
            assertTrue(name + " names no licence", component.path("licenses").size() > 0);
            component.path("licenses").forEach(entry -> {
                JsonNode licence = entry.path("license");
                String id = licence.path("id").asText(licence.path("name").asText());
                assertTrue(name + ": " + id, ACCEPTED.contains(id));
            });
        });
    }

    private static String sha256(InputStream content) throws Exception {
        try (content) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.readAllBytes()));
        }
    }
}
