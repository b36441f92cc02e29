package io.jenkins.plugins.gitops;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** What an administrator who installs the packed plugin relies on. */
public class HpiIT {

    private static final String PACKAGE = "io/jenkins/plugins/gitops/";
    private static final String STEP = "io.jenkins.plugins.gitops.steps.GitopsSyncStep";

    private static final String BUNDLED = System.getProperty("gitops.hpi.bundled");

    private static JarFile hpi;
    private static Manifest jarManifest;
    private static final Set<String> jarEntries = new TreeSet<>();

    @BeforeClass
    public static void open() throws IOException {
        hpi = new JarFile(new File(System.getProperty("gitops.hpi")));
        ZipEntry jar = hpi.getEntry("WEB-INF/lib/gitops.jar");
        assertNotNull("the plugin's own jar", jar);
        try (JarInputStream content = new JarInputStream(hpi.getInputStream(jar))) {
            jarManifest = content.getManifest();
            for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
                jarEntries.add(entry.getName());
            }
        }
    }

    @AfterClass
    public static void close() throws IOException {
        hpi.close();
    }

    @Test
    public void thePluginManagerReadsWhatItIsAndWhatItNeeds() throws IOException {
        Attributes headers = hpi.getManifest().getMainAttributes();
        assertEquals("io.jenkins.plugins", headers.getValue("Group-Id"));
        assertEquals("gitops", headers.getValue("Short-Name"));
        assertEquals("GitOps", headers.getValue("Long-Name"));
        assertTrue(
                headers.getValue("Plugin-Version"),
                headers.getValue("Plugin-Version").matches("\\d+\\..*"));
        assertEquals("2.516.2", headers.getValue("Jenkins-Version"));
        assertEquals("2.516.2", headers.getValue("Hudson-Version"));
        assertEquals("17", headers.getValue("Minimum-Java-Version"));
        assertEquals("MIT License", headers.getValue("Plugin-License-Name"));
        List<String> dependencies =
                List.of(headers.getValue("Plugin-Dependencies").split(","));
        for (String dependency : dependencies) {
            assertTrue(dependency, dependency.matches("[a-z0-9-]+:[0-9][\\w.-]*(;resolution:=optional)?"));
        }
        for (String needed : List.of(
                "bouncycastle-api:", "git:", "git-client:", "jackson2-api:", "kubernetes-client-api:", "okhttp-api:")) {
            assertTrue(needed, dependencies.stream().anyMatch(dependency -> dependency.startsWith(needed)));
        }
    }

    /** Otherwise what the controller sends to a node would be refused there as foreign. */
    @Test
    public void theJarSaysThatItIsAPlugin() {
        assertEquals("gitops", jarManifest.getMainAttributes().getValue("Short-Name"));
        assertEquals("2.516.2", jarManifest.getMainAttributes().getValue("Jenkins-Version"));
    }

    /** Nothing that Jenkins or its API plugins provide, and nothing that somebody forgot to list. */
    @Test
    public void onlyWhatNobodyProvidesIsBundled() {
        List<String> jars = hpi.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".jar"))
                .map(name -> name.replaceFirst("-\\d[^/]*(?=\\.jar$)", ""))
                .sorted()
                .toList();
        List<String> expected = Stream.concat(Stream.of("gitops"), Stream.of(BUNDLED.split(",")))
                .map(name -> "WEB-INF/lib/" + name + ".jar")
                .sorted()
                .toList();
        assertEquals(expected, jars);
        List<String> foreign = jarEntries.stream()
                .filter(name -> name.endsWith(".class") && !name.startsWith(PACKAGE))
                .toList();
        assertEquals("classes of others", List.of(), foreign);
    }

    @Test
    public void jenkinsFindsTheExtensionsInTheIndexes() throws IOException {
        String index = text("META-INF/annotations/hudson.Extension");
        assertTrue(index, index.contains(STEP + "$DescriptorImpl"));
        String optional = text("META-INF/annotations/org.jenkinsci.plugins.variant.OptionalExtension");
        assertTrue(optional, optional.contains("clusters.FolderClusters$DescriptorImpl"));
        String symbols = text("META-INF/services/annotations/org.jenkinsci.Symbol");
        assertTrue(symbols, symbols.contains("clusters.GitopsClusters"));
        String constructor = text(STEP.replace('.', '/') + ".stapler");
        assertTrue(constructor, constructor.contains("constructor=app"));
    }

    @Test
    public void everyStepHasItsFormAndEveryArgumentItsHelp() throws Exception {
        for (String name : List.of("Sync", "Plan", "Drift", "Validate")) {
            String step = "steps/Gitops" + name + "Step";
            assertTrue(jarEntries.contains(PACKAGE + step + "/config.jelly"));
            assertTrue(jarEntries.contains(PACKAGE + step + "/help.html"));
            Class<?> type = Class.forName((PACKAGE + step).replace('/', '.'));
            assertEquals(step + ": arguments without a help text", Set.of(), withoutHelp(type));
        }
        assertEquals(Set.of(), withoutHelp(Class.forName((PACKAGE + "clusters/Cluster").replace('/', '.'))));
    }

    /** The arguments of a form, without those that have a help text with the class or with one that it extends. */
    private static Set<String> withoutHelp(Class<?> type) {
        Set<String> arguments = new TreeSet<>();
        for (var method : type.getMethods()) {
            String name = method.getName();
            if (name.startsWith("set") && method.getParameterCount() == 1) {
                arguments.add(Character.toLowerCase(name.charAt(3)) + name.substring(4));
            }
        }
        assertTrue(type + " has arguments: " + arguments, arguments.size() > 4);
        arguments.add(type.getSimpleName().equals("Cluster") ? "name" : "app");
        for (Class<?> part = type; part != null; part = part.getSuperclass()) {
            String folder = part.getName().replace('.', '/');
            arguments.removeIf(argument -> jarEntries.contains(folder + "/help-" + argument + ".html"));
        }
        return arguments;
    }

    @Test
    public void pagesAndTheirTextsAreThere() {
        for (String name : List.of(
                "index.jelly",
                "images/symbols/gitops.svg",
                PACKAGE + "build/GitopsBuildAction/summary.jelly",
                PACKAGE + "build/GitopsBuildAction/index.jelly",
                PACKAGE + "build/AppResult/index.jelly",
                PACKAGE + "build/page.css",
                PACKAGE + "steps/Messages.properties",
                PACKAGE + "steps/Messages.class")) {
            assertTrue(name, jarEntries.contains(name));
        }
    }

    @Test
    public void noTestAndNoSignatureOfJenkinsIsPacked() {
        assertFalse(jarEntries.stream().anyMatch(name -> name.startsWith("hudson/") || name.startsWith("jenkins/")));
        assertFalse(jarEntries.stream().anyMatch(name -> name.endsWith("Test.class")));
    }

    private static String text(String entry) throws IOException {
        try (JarInputStream content = new JarInputStream(hpi.getInputStream(hpi.getEntry("WEB-INF/lib/gitops.jar")))) {
            for (ZipEntry next = content.getNextEntry(); next != null; next = content.getNextEntry()) {
                if (next.getName().equals(entry)) {
                    return new String(read(content), StandardCharsets.ISO_8859_1);
                }
            }
        }
        throw new AssertionError("no " + entry + " in the plugin's jar");
    }

    private static byte[] read(InputStream content) throws IOException {
        return content.readAllBytes();
    }
}
