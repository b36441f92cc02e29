package io.jenkins.plugins.gitops.bench;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RepositoryTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void declaresAsManyObjectsAsAskedForOfManyKinds() throws Exception {
        Repository repository = Repository.generate(folder.newFolder("config").toPath(), "x", 100);
        List<RawClient.Item> items = RawClient.items(repository.files());
        Set<String> kinds = items.stream().map(RawClient.Item::kind).collect(Collectors.toSet());

        assertEquals(100, items.size());
        assertTrue(kinds.toString(), kinds.size() >= 15 && kinds.contains("Backup"));
        assertEquals(
                "every object is another one",
                100,
                items.stream().map(RawClient.Item::path).distinct().count());
    }

    @Test
    public void losesItsLastObjects() throws Exception {
        Repository repository = Repository.generate(folder.newFolder("config").toPath(), "x", 40);

        assertEquals(4, repository.remove(4).size());
        assertEquals(36, repository.files().size());
    }
}
