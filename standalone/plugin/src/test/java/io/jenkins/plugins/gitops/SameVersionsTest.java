package io.jenkins.plugins.gitops;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The two builds of the plugin say the same where both say something. What the API plugins of the BOM bring is held
 * against this build's versions by a test of the plugin's own build, which has them.
 */
public class SameVersionsTest {

    private static final Element ROOT = pom("../../pom.xml");
    private static final Map<String, String> ROOT_PROPERTIES = properties(ROOT);
    private static final Map<String, String> HERE = new TreeMap<>(properties(pom("../pom.xml")));

    static {
        HERE.putAll(properties(pom("pom.xml")));
    }

    @Test
    public void propertiesOfTheSameNameHaveTheSameValue() {
        List<String> both = new ArrayList<>(ROOT_PROPERTIES.keySet());
        both.retainAll(HERE.keySet());
        assertTrue(
                "common properties: " + both,
                both.containsAll(List.of("fabric8.version", "hpi.bundledArtifacts", "jenkins.version")));
        for (String name : both) {
            assertEquals(name, resolved(ROOT_PROPERTIES.get(name)), HERE.get(name));
        }
    }

    @Test
    public void thePackedPluginIsCalledAsInItsOwnBuild() {
        assertEquals(text(ROOT, "groupId"), HERE.get("hpi.groupId"));
        assertEquals(text(ROOT, "name"), HERE.get("hpi.name"));
        assertEquals(text(ROOT, "artifactId"), text(pom("pom.xml"), "artifactId"));
        assertEquals(resolved(text(ROOT, "version")), text(pom("../pom.xml"), "version"));
        assertEquals(resolved(text(ROOT, "url")), HERE.get("hpi.url"));
    }

    @Test
    public void thePackedPluginNeedsThePluginsOfItsOwnBuild() {
        List<String> here = new ArrayList<>();
        for (String dependency : HERE.get("hpi.dependencies").split(",")) {
            here.add(dependency.substring(0, dependency.indexOf(':')));
        }
        List<String> bundled = List.of(HERE.get("hpi.bundledArtifacts").split(","));
        List<String> root = new ArrayList<>();
        for (Element dependency : children(child(ROOT, "dependencies"))) {
            if (child(dependency, "scope") == null && !bundled.contains(text(dependency, "artifactId"))) {
                root.add(text(dependency, "artifactId"));
            }
        }
        assertEquals(root, here);
    }

    /** Of what Jenkins' own test dependencies do not bring. */
    @Test
    public void theTestsHaveTheSameLibraries() {
        Set<String> broughtByJenkins = Set.of("junit", "slf4j-jdk14", "kubernetes-httpclient-okhttp");
        List<String> here = tests(pom("pom.xml"));
        here.removeAll(broughtByJenkins);
        // The root build compiles this module's sources.
        here.remove("cluster");
        here.add("kube-api-test");
        List<String> missing = new ArrayList<>(here);
        missing.removeAll(tests(ROOT));
        assertEquals("test dependencies that the plugin's own build lacks", List.of(), missing);
    }

    private static List<String> tests(Element pom) {
        List<String> tests = new ArrayList<>();
        for (Element dependency : children(child(pom, "dependencies"))) {
            if (child(dependency, "scope") != null && text(dependency, "scope").equals("test")) {
                tests.add(text(dependency, "artifactId"));
            }
        }
        return tests;
    }

    private static String resolved(String text) {
        String result = text;
        for (int depth = 0; result.contains("${") && depth < 5; depth++) {
            for (Map.Entry<String, String> property : ROOT_PROPERTIES.entrySet()) {
                result = result.replace("${" + property.getKey() + "}", property.getValue());
            }
            result = result.replace("${project.artifactId}", text(ROOT, "artifactId"));
        }
        return result;
    }

    private static Map<String, String> properties(Element pom) {
        Map<String, String> properties = new TreeMap<>();
        for (Element property : children(child(pom, "properties"))) {
            properties.put(property.getTagName(), property.getTextContent().trim());
        }
        return properties;
    }

    private static Element pom(String file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new File(file))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError(file, e);
        }
    }

    private static String text(Element parent, String name) {
        return child(parent, name).getTextContent().trim();
    }

    private static Element child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
