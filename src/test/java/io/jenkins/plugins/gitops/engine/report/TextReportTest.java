package io.jenkins.plugins.gitops.engine.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.io.IOException;
import java.util.Map;
import org.junit.Test;

public class TextReportTest {

    private static final TextReport PLAIN = new TextReport(Style.PLAIN);

    @Test
    public void samplesReadWell() throws IOException {
        for (Map.Entry<String, Report> sample : Reports.all().entrySet()) {
            Golden.assertMatches(sample.getKey() + ".txt", PLAIN.text(sample.getValue(), false));
        }
    }

    @Test
    public void onATerminalColoursAndAgesAreAllThatDiffers() throws IOException {
        String text = new TextReport(Style.TERMINAL).text(Reports.drifted(), false);
        Golden.assertMatches("out-of-sync.ansi.txt", text.replace('\u001b', '^'));
        String plain = new TextReport(new Style(false, true)).text(Reports.drifted(), false);
        assertEquals(plain, text.replaceAll("\u001b\\[\\d+m", ""));
        assertTrue(plain, plain.contains("spec.replicas: 5 -> 3  by kubectl-scale, 3 min ago"));
    }

    @Test
    public void totalsAreOneLine() {
        assertEquals(
                "3 created, 1 updated, 34 unchanged, 1 pruned; 1 drifted, 1 warning", PLAIN.totals(Reports.inSync()));
        assertEquals("1 to create, 1 to update, 3 unchanged, 1 to prune; 3 pending", PLAIN.totals(Reports.plan()));
        assertEquals("3 objects", PLAIN.totals(Reports.valid()));
    }

    @Test
    public void unchangedObjectsAreListedWhereAskedFor() {
        assertFalse(PLAIN.text(Reports.inSync(), false).contains("part-33"));
        assertTrue(PLAIN.text(Reports.inSync(), true).contains("= Service/shop/part-33"));
    }

    @Test
    public void progressIsALinePerObject() {
        ObjectId web = new ObjectId("apps", "Deployment", "shop", "web");
        assertEquals("Deployment/shop/web  updated", PLAIN.progress(web, "updated", ""));
        assertEquals("Deployment/shop/web  failed: denied\\n", PLAIN.progress(web, "failed", "denied\n"));
    }

    @Test
    public void nobodyElsesTextReachesTheTerminalsControls() {
        for (boolean color : new boolean[] {false, true}) {
            String text = new TextReport(new Style(color, false)).text(Reports.hostile(), true);
            String withoutOurs = color ? text.replaceAll("\u001b\\[\\d+m", "") : text;
            assertTrue(withoutOurs.codePoints().allMatch(c -> c == '\n' || !Printable.isHidden(c)));
            assertTrue(text.contains("\\u001b[31m\\u202e"));
        }
    }

    @Test
    public void theFrameIsAsciiAndTheContentIsWhatItIs() {
        assertTrue(PLAIN.text(Reports.drifted(), true).chars().allMatch(c -> c < 0x80));
        String unicode = PLAIN.text(Reports.unicode(), false);
        assertTrue(
                unicode, unicode.contains("za\u017c\u00f3\u0142\u0107 \ud83d\ude80 -> \u3053\u3093\u306b\u3061\u306f"));
    }
}
