package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertEquals;

import java.util.List;
import org.junit.Test;

public class NearMissesTest {

    @Test
    public void theLikeliestComeFirst() {
        assertEquals(List.of("apps/shop"), NearMisses.of("apps/Shop", List.of("apps/shop", "apps/web", "docs")));
        assertEquals(List.of("prod/eu/shop"), NearMisses.of("shop", List.of("prod", "prod/eu/shop")));
        assertEquals(List.of("main"), NearMisses.of("mian", List.of("main", "dev")));
        assertEquals(
                List.of("v1.2.3", "v1.2.4", "v1.2.5"),
                NearMisses.of("v1.2.9", List.of("v1.2.5", "v1.2.4", "v1.2.3", "v1.2.6")));
        assertEquals(List.of("release-1"), NearMisses.of("release", List.of("release-1", "hotfix")));
        assertEquals(List.of(), NearMisses.of("production", List.of("main", "staging")));
        assertEquals(List.of(), NearMisses.of("a".repeat(100_000), List.of("main")));
    }

    @Test
    public void namesAreListedAsAPersonWould() {
        assertEquals("", NearMisses.quoted(List.of()));
        assertEquals("\"a\"", NearMisses.quoted(List.of("a")));
        assertEquals("\"a\", \"b\" or \"c\"", NearMisses.quoted(List.of("a", "b", "c")));
    }
}
