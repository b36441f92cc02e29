package io.jenkins.plugins.gitops;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The page of licences that Jenkins' plugin manager shows of the packed plugin: it is about what is packed, all of it. */
public class LicencesIT {

    /** Licences that let a plugin under MIT carry the library, as the libraries spell them. */
    private static final Set<String> ACCEPTED = Set.of(
            "Apache License 2.0", "Apache License, Version 2.0", "BSD 3-clause", "BSD-3-Clause", "Go License", "MIT");

    private final Set<String> packed;
    private final NodeList listed;

    public LicencesIT() throws Exception {
        try (JarFile hpi = new JarFile(new File(System.getProperty("gitops.hpi")))) {
            packed = hpi.stream()
                    .map(entry -> entry.getName().substring(entry.getName().lastIndexOf('/') + 1))
                    .filter(name -> name.endsWith(".jar") && !name.equals("gitops.jar"))
                    .collect(Collectors.toCollection(TreeSet::new));
            ZipEntry page = hpi.getEntry("WEB-INF/licenses.xml");
            assertNotNull("no WEB-INF/licenses.xml", page);
            DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
            xml.setNamespaceAware(true);
            xml.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Document document = xml.newDocumentBuilder().parse(hpi.getInputStream(page));
            // Jenkins runs it as Jelly, whose tags of this name are its own.
            assertEquals("licenses", document.getDocumentElement().getNamespaceURI());
            assertFalse(document.getDocumentElement().getTextContent().contains("${"));
            listed = document.getElementsByTagNameNS("licenses", "dependency");
        }
    }

    @Test
    public void everyLibraryThatIsPackedIsListedInItsVersionAndNothingElse() {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < listed.getLength(); i++) {
            Element library = (Element) listed.item(i);
            names.add(library.getAttribute("artifactId") + "-" + library.getAttribute("version") + ".jar");
        }
        assertFalse(packed.isEmpty());
        assertEquals(packed, names);
    }

    @Test
    public void everyLibraryHasALicenceThatAllowsItAndAPlaceWhereItStands() {
        for (int i = 0; i < listed.getLength(); i++) {
            Element library = (Element) listed.item(i);
            String name = library.getAttribute("name");
            NodeList licences = library.getElementsByTagNameNS("licenses", "license");
            assertTrue(name + " names no licence", licences.getLength() > 0);
            for (int j = 0; j < licences.getLength(); j++) {
                Element licence = (Element) licences.item(j);
                String of = name + ": " + licence.getAttribute("name");
                assertTrue(of, ACCEPTED.contains(licence.getAttribute("name")));
                assertTrue(of, licence.getAttribute("url").startsWith("https://"));
            }
        }
    }
}
