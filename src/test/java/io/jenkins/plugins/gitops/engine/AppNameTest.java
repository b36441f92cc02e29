package io.jenkins.plugins.gitops.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import org.junit.Test;

public class AppNameTest {

    @Test
    public void theFoldersNameIsTakenAndTheRepositorysAtItsRoot() throws Exception {
        assertEquals("shop", AppName.of(null, "https://example.org/config.git", "apps/shop"));
        assertEquals("config", AppName.of(null, "https://example.org/Config.git", ""));
        assertEquals("config", AppName.of(" ", "git@example.org:config.git", ""));
        assertEquals("my-app", AppName.of(null, "x", "My App/"));
        assertEquals("web", AppName.of(null, "x", "apps/web.yaml"));
    }

    @Test
    public void aNameThatCannotBePartOfAnObjectsNameIsRefused() throws Exception {
        assertEquals("shop.prod-1", AppName.of("shop.prod-1", "x", ""));
        for (String name : new String[] {"Shop", "a b", "-a", "a/b", "x".repeat(64)}) {
            assertThrows(name, BadInputException.class, () -> AppName.of(name, "x", ""));
        }
        assertThrows(BadInputException.class, () -> AppName.of(null, "x", "日本"));
    }
}
