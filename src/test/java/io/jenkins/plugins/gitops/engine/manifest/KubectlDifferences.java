package io.jenkins.plugins.gitops.engine.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where we mean not to read the corpus as kubectl does, and why. */
final class KubectlDifferences {

    /** kubectl puts entries into a Go map, and the map's random order decides which of two equal keys is left. */
    static final Set<String> RANDOM =
            Set.of("structure duplicate keys of different types", "structure merge with boolean keys");

    private final Map<String, String> reasons = new LinkedHashMap<>();

    /** The reason by the name in the corpus. */
    static Map<String, String> reasons() {
        KubectlDifferences all = new KubectlDifferences();
        all.refused();
        all.taken();
        all.ofTheCommandAlone();
        return all.reasons;
    }

    private void refused() {
        because(
                "we refuse a key that is written twice; kubectl takes the last one without a word",
                "structure duplicate keys",
                "structure duplicate keys nested",
                "structure duplicate keys in flow",
                "structure duplicate boolean keys",
                "structure duplicate keys in JSON");
        because(
                "we refuse text that kubectl leaves unread without a word",
                "structure document end and text",
                "structure directive after document end",
                "structure yaml then two json values",
                "structure flow mapping then text",
                "structure flow mapping then mapping",
                "structure indented root then not");
        because(
                "we refuse tags other than YAML's own; kubectl drops them",
                "scalar !!merge <<",
                "scalar !!merge x",
                "scalar !a",
                "scalar !a b",
                "scalar !!a b",
                "scalar !!set b",
                "scalar !<tag:example.com,2000:x> 5",
                "scalar !<!foo> 5",
                "snippet a: [!!str, b]",
                "structure tag set",
                "structure tag omap",
                "structure tag wrong kind",
                "structure tag str on list",
                "structure tag local on mapping",
                "structure tag java",
                "structure tag python");
        because(
                "we refuse what is no text; kubectl puts U+FFFD in its place",
                "scalar !!binary /w==",
                "structure json lone surrogate");
        because(
                "SnakeYAML takes the colon for the key's end, kubectl's library for a part of the key; we refuse it",
                "snippet a: {a:}",
                "snippet a: {a:,b:}",
                "snippet a: [a, b:]");
        because("SnakeYAML wants a blank in front of the comment", "structure literal no space comment");
        because("SnakeYAML takes no tab as indentation in a flow collection", "structure tab in flow");
    }

    private void taken() {
        because(
                "SnakeYAML takes two escapes for one character beyond 16 bits, as JSON does; kubectl's library refuses",
                "scalar \"\\ud83d\\ude00\"");
        because("a List in a List is unrolled too", "structure list inside a list");
        because(
                "only kinds that end with List are lists; kubectl takes every object with items for one",
                "structure items in an object that is no list");
    }

    private void ofTheCommandAlone() {
        because(
                "kubectl's commands say \"no objects passed\"; its reading of the file is the same",
                "structure document markers only",
                "structure comments only",
                "structure empty",
                "structure blank lines",
                "structure blanks only",
                "structure list without items",
                "structure list with null items");
    }

    private void because(String reason, String... names) {
        for (String name : names) {
            reasons.put(name, reason);
        }
    }
}
