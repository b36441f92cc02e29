package io.jenkins.plugins.gitops.engine.source;

import static io.jenkins.plugins.gitops.engine.source.GitFixture.problemsOf;
import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.gitops.engine.source.GitFixture.Raw;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RevisionResolverTest {
    @Rule
    public TemporaryFolder temporary = new TemporaryFolder();

    private GitFixture git;
    private String name;
    private RevCommit first;
    private RevCommit second;

    @Before
    public void init() throws Exception {
        git = GitFixture.init(temporary.getRoot().toPath().resolve("config"));
        name = '"' + git.folder.toString() + '"';
        first = git.write("a.yaml", "1").commit("First\n\nWith a body.");
        git.git
                .tag()
                .setName("v1.0")
                .setAnnotated(true)
                .setMessage("one")
                .setSigned(false)
                .call();
        git.git.tag().setName("light").setAnnotated(false).call();
        second = git.write("a.yaml", "2").commit("Second \u001b[31mred\u0007 subject");
    }

    @After
    public void close() {
        git.close();
    }

    @Test
    public void headIsTheBranchThatIsCheckedOut() throws Exception {
        assertEquals(
                new Revision(second.name(), "main", "Second  [31mred  subject", "Ada", GitFixture.NOW, false),
                revision(null));
        assertEquals("First", revision("v1.0").subject());
    }

    @Test
    public void branchesTagsAndCommitsAreFound() throws Exception {
        git.git.branchCreate().setName("feature/x").setStartPoint(first).call();
        RefUpdate tracking = git.repository().updateRef("refs/remotes/origin/main");
        tracking.setNewObjectId(first);
        tracking.update();

        assertFound(second, "main", "main");
        assertFound(second, "main", "refs/heads/main");
        assertFound(second, "main", " main ");
        assertFound(second, "main", "HEAD");
        assertFound(first, "feature/x", "feature/x");
        assertFound(first, "v1.0", "v1.0");
        assertFound(first, "v1.0", "refs/tags/v1.0");
        assertFound(first, "light", "light");
        assertFound(first, "origin/main", "origin/main");
        assertFound(first, null, "HEAD~1");
        assertFound(first, null, "main^");
        assertFound(first, null, first.name());
        assertFound(first, null, first.name().substring(0, 7));
        assertFound(first, null, first.name().substring(0, 10).toUpperCase(Locale.ROOT));
        assertFound(first, null, "v1.0^{commit}");
        git.git.branchCreate().setName("FACE").setStartPoint(first).call();
        assertFound(first, "FACE", "FACE");
        git.git.branchCreate().setName("ab").setStartPoint(first).call();
        assertFound(first, "ab", "ab");
    }

    @Test
    public void aDetachedHeadHasNoBranch() throws Exception {
        git.git.checkout().setName(first.name()).call();
        assertFound(first, null, null);
        assertFound(first, null, "HEAD");
    }

    @Test
    public void unknownNamesAreAnsweredWithLikelyOnes() throws Exception {
        git.git.branchCreate().setName("release-1").call();
        git.git.branchCreate().setName("release-2").call();
        String has = name + " has no branch, tag or commit ";
        assertEquals(has + "\"mian\"; did you mean \"main\"?", problemsOf(() -> git.open("mian")));
        assertEquals(has + "\"Main\"; did you mean \"main\"?", problemsOf(() -> git.open("Main")));
        assertEquals(has + "\"1.0\"; did you mean \"v1.0\"?", problemsOf(() -> git.open("1.0")));
        assertEquals(
                has + "\"release\"; did you mean \"release-1\" or \"release-2\"?",
                problemsOf(() -> git.open("release")));
        String all = "; it has main, release-1, release-2, light, v1.0";
        assertEquals(has + "\"production\"" + all, problemsOf(() -> git.open("production")));
        assertEquals(has + "\"HEAD~7\"" + all, problemsOf(() -> git.open("HEAD~7")));
        String zeros = "0000000000000000000000000000000000000001";
        assertEquals(has + "\"" + zeros + "\"" + all, problemsOf(() -> git.open(zeros)));
        assertEquals(has + "\"a b ^{}:\"" + all, problemsOf(() -> git.open("a b ^{}:")));
        for (String file : new String[] {"config", "index", "objects", "../x"}) {
            assertEquals(has + "\"" + file + "\"" + all, problemsOf(() -> git.open(file)));
        }
        assertEquals(
                "Revision \"--help\" begins with a dash, as options do" + all, problemsOf(() -> git.open("--help")));
    }

    @Test
    public void whatIsNotACommitIsRefused() throws Exception {
        assertEquals(
                "\"main:a.yaml\" of " + name + " is not a commit; name a branch, a tag or a commit",
                problemsOf(() -> git.open("main:a.yaml")));
        assertEquals(
                "\"HEAD^{tree}\" of " + name + " is not a commit; name a branch, a tag or a commit",
                problemsOf(() -> git.open("HEAD^{tree}")));
    }

    @Test
    public void aNameOfTwoThingsIsRefused() throws Exception {
        git.git.branchCreate().setName("v1.0").call();
        assertEquals(
                "\"v1.0\" is a branch and a tag of " + name + ", of different commits;"
                        + " write refs/heads/v1.0 or refs/tags/v1.0",
                problemsOf(() -> git.open("v1.0")));
        assertFound(second, "v1.0", "refs/heads/v1.0");
        git.git
                .branchCreate()
                .setName("v1.0")
                .setStartPoint(first)
                .setForce(true)
                .call();
        try (ConfigRepository repository = git.open("v1.0")) {
            assertEquals(first.name(), repository.revision().commit());
        }
    }

    @Test
    public void abbreviationsAreNeverGuessed() throws Exception {
        // Commits until two begin with the same four digits; the first pair is found after a few hundred.
        Map<String, ObjectId> seen = new HashMap<>();
        ObjectId tree = git.tree(new Raw("x", FileMode.REGULAR_FILE, git.blob("x")));
        String shared = null;
        ObjectId one = null;
        ObjectId other = null;
        for (int i = 0; shared == null; i++) {
            ObjectId commit = git.commitTree("b" + i % 2, git.tree(new Raw("n" + i, FileMode.TREE, tree)));
            String digits = commit.name().substring(0, 4);
            one = seen.put(digits, commit);
            if (one != null) {
                shared = digits;
                other = commit;
            }
        }
        String prefix = shared;
        String both = one.name().compareTo(other.name()) < 0
                ? one.name().substring(0, 12) + " (raw), " + other.name().substring(0, 12) + " (raw)"
                : other.name().substring(0, 12) + " (raw), " + one.name().substring(0, 12) + " (raw)";
        assertEquals(
                "\"" + prefix + "\" is the beginning of several objects of " + name + "; write more digits: " + both,
                problemsOf(() -> git.open(prefix)));
        String three = first.name().substring(0, 3);
        assertEquals(
                name + " has no branch, tag or commit \"" + three + "\"; it has b0, b1, main, light, v1.0",
                problemsOf(() -> git.open(three)));
    }

    @Test
    public void anAbbreviationOfACommitAndAFileIsTheCommit() throws Exception {
        String digits = first.name().substring(0, 4);
        int content = 0;
        while (!idOf(Integer.toString(content)).startsWith(digits)) {
            content++;
        }
        git.blob(Integer.toString(content));
        assertFound(first, null, digits);
    }

    @Test
    public void noCommitsYet() throws Exception {
        try (GitFixture empty = GitFixture.init(temporary.getRoot().toPath().resolve("empty"))) {
            assertEquals(
                    "\"" + empty.folder + "\" has no commits yet; commit the manifests and push them",
                    problemsOf(() -> empty.open()));
            assertEquals(
                    "\"" + empty.folder + "\" has no commits yet; commit the manifests and push them",
                    problemsOf(() -> empty.openWorkingTree()));
            assertEquals(
                    "\"" + empty.folder + "\" has no branch, tag or commit \"main\"; it has no branches",
                    problemsOf(() -> empty.open("main")));
        }
        git.repository().updateRef("HEAD").link("refs/heads/unborn");
        assertEquals(
                "HEAD of " + name + " is a branch without commits; name a revision, such as \"main\"",
                problemsOf(() -> git.open()));
    }

    private static String idOf(String content) {
        return new ObjectInserter.Formatter()
                .idFor(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8))
                .name();
    }

    private Revision revision(String asked) throws Exception {
        try (ConfigRepository repository = git.open(asked)) {
            return repository.revision();
        }
    }

    private void assertFound(RevCommit commit, String ref, String asked) throws Exception {
        Revision found = revision(asked);
        assertEquals(asked, commit.name(), found.commit());
        assertEquals(asked, ref, found.ref());
    }
}
