package io.jenkins.plugins.gitops;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import io.fabric8.kubernetes.client.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttp;
import org.eclipse.jgit.lib.Repository;
import org.junit.Test;
import org.yaml.snakeyaml.Yaml;

/** The standalone build has what this build gets from Jenkins' API plugins, and packs what this build packs. */
public class StandaloneBuildJenkinsTest {

    private static final Path POM = Path.of("standalone/pom.xml");
    private static final Path PLUGIN_POM = Path.of("standalone/plugin/pom.xml");

    @Test
    public void librariesHaveTheVersionsThatTheApiPluginsProvide() throws Exception {
        assertEquals(Version.clientVersion(), property(POM, "fabric8.version"));
        assertEquals(PackageVersion.VERSION.toString(), property(POM, "jackson.version"));
        assertEquals(OkHttp.VERSION, property(POM, "okhttp.version"));
        assertEquals(mavenVersion(Yaml.class, "org.yaml", "snakeyaml"), property(POM, "snakeyaml.version"));
        assertEquals(
                mavenVersion(Repository.class, "org.eclipse.jgit", "org.eclipse.jgit"), property(POM, "jgit.version"));
    }

    @Test
    public void thePackedPluginNeedsTheSameVersionsOfTheSamePlugins() throws IOException {
        assertEquals(
                new TreeSet<>(java.util.List.of(
                        manifest().getValue("Plugin-Dependencies").split(","))),
                new TreeSet<>(java.util.List.of(
                        property(PLUGIN_POM, "hpi.dependencies").split(","))));
    }

    @Test
    public void thePackedPluginHasTheSameNames() throws IOException {
        Attributes manifest = manifest();
        assertEquals(manifest.getValue("Group-Id"), property(PLUGIN_POM, "hpi.groupId"));
        assertEquals(manifest.getValue("Long-Name"), property(PLUGIN_POM, "hpi.name"));
        assertEquals(manifest.getValue("Url"), property(PLUGIN_POM, "hpi.url"));
        assertEquals(manifest.getValue("Jenkins-Version"), property(POM, "jenkins.version"));
        String pom = Files.readString(PLUGIN_POM);
        for (String header : new String[] {"Plugin-License-Name", "Plugin-License-Url"}) {
            assertEquals(header, manifest.getValue(header), element(pom, header));
        }
    }

    /** As this build writes it, for the tests. */
    private static Attributes manifest() throws IOException {
        try (InputStream content = StandaloneBuildJenkinsTest.class.getResourceAsStream("/the.hpl")) {
            assertNotNull("the plugin's manifest", content);
            return new Manifest(content).getMainAttributes();
        }
    }

    private static String property(Path pom, String name) throws IOException {
        return element(Files.readString(pom), name);
    }

    private static String element(String xml, String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)</").matcher(xml);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String mavenVersion(Class<?> type, String groupId, String artifactId) throws IOException {
        Properties properties = new Properties();
        try (InputStream content =
                type.getResourceAsStream("/META-INF/maven/" + groupId + "/" + artifactId + "/pom.properties")) {
            assertNotNull(artifactId, content);
            properties.load(content);
        }
        return properties.getProperty("version");
    }
}
