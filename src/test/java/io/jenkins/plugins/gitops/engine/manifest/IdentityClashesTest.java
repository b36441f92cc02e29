package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

public class IdentityClashesTest {

    @Test
    public void namesBothPlaces() {
        List<Manifest> manifests = ManifestReader.read(
                        "shop/web.yaml",
                        """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}}
                ---
                {apiVersion: apps/v1beta2, kind: Deployment, metadata: {name: web, namespace: shop}}
                ---
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: other}}
                ---
                {apiVersion: example.com/v1, kind: Deployment, metadata: {name: web, namespace: shop}}
                ---
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}}
                """
                                .getBytes(StandardCharsets.UTF_8))
                .manifests();
        assertEquals(5, manifests.size());
        String rest = ": Deployment/shop/web is declared twice, first at shop/web.yaml:1:1;"
                + " take one of them away, or give it another name";
        assertEquals(
                List.of("shop/web.yaml:3:1" + rest, "shop/web.yaml:9:1" + rest),
                IdentityClashes.find(manifests).stream().map(Object::toString).toList());
    }

    @Test
    public void generatedNamesDoNotClash() {
        String hook = "{apiVersion: batch/v1, kind: Job,"
                + " metadata: {generateName: a-, annotations: {helm.sh/hook: pre-install}}}\n";
        List<Manifest> manifests = ManifestReader.read("f", (hook + "---\n" + hook).getBytes(StandardCharsets.UTF_8))
                .manifests();
        assertEquals(2, manifests.size());
        assertEquals(List.of(), IdentityClashes.find(manifests));
    }
}
