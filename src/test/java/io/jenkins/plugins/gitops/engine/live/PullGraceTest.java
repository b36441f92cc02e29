package io.jenkins.plugins.gitops.engine.live;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** When an image that cannot be pulled ends a wait, and when it does not. */
public class PullGraceTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Health ILL = Health.degraded("container web: ImagePullBackOff");

    private final PullGrace grace = new PullGrace(Duration.ofSeconds(120));

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static ObjectNode deployment(String image) throws Exception {
        return json("{'kind':'Deployment','spec':{'template':{'spec':{'containers':[{'name':'web','image':'" + image
                + "'}]}}}}");
    }

    private static ObjectNode pod(String uid, String image, String waiting) throws Exception {
        String state = waiting.isEmpty() ? "{'running':{}}" : "{'waiting':{'reason':'" + waiting + "'}}";
        return json("{'kind':'Pod','metadata':{'uid':'" + uid + "'},'spec':{'containers':[{'name':'web','image':'"
                + image + "'}]},'status':{'containerStatuses':[{'name':'web','state':" + state + "}]}}");
    }

    private Health after(int seconds, String image, ObjectNode... pods) throws Exception {
        return grace.judge(ILL, deployment(image), List.of(pods), START.plusSeconds(seconds));
    }

    @Test
    public void aFailureIsFinalOnceItHasLastedForTheGrace() throws Exception {
        ObjectNode pod = pod("1", "web:2", "ErrImagePull");
        assertSame(ILL, after(0, "web:2", pod));
        assertSame(ILL, after(119, "web:2", pod("1", "web:2", "ImagePullBackOff")));
        assertEquals(
                Health.failed("the image web:2 could not be pulled for 120 s; container web: ImagePullBackOff"),
                after(120, "web:2", pod));
    }

    @Test
    public void anImageThatCameMeanwhileStartsTheTimeAnew() throws Exception {
        after(0, "web:2", pod("1", "web:2", "ErrImagePull"));
        after(60, "web:2", pod("1", "web:2", ""));
        assertSame(ILL, after(150, "web:2", pod("1", "web:2", "ErrImagePull")));
        assertEquals(
                true, after(270, "web:2", pod("1", "web:2", "ErrImagePull")).terminal());
    }

    @Test
    public void whatWaitsForAnotherReasonIsNoPull() throws Exception {
        after(0, "web:2", pod("1", "web:2", "ContainerCreating"));
        assertSame(ILL, after(500, "web:2", pod("1", "web:2", "CrashLoopBackOff")));
    }

    @Test
    public void aPodOfAnEarlierTemplateDoesNotCount() throws Exception {
        ObjectNode old = pod("1", "web:1", "ImagePullBackOff");
        after(0, "web:2", old);
        assertSame(ILL, after(500, "web:2", old));
    }

    @Test
    public void eachPodHasATimeOfItsOwn() throws Exception {
        after(0, "web:2", pod("1", "web:2", "ErrImagePull"));
        assertSame("the first pod is gone", ILL, after(120, "web:2", pod("2", "web:2", "ErrImagePull")));
        assertEquals(
                true, after(240, "web:2", pod("2", "web:2", "ErrImagePull")).terminal());
    }

    @Test
    public void aLonePodIsItsOwnTemplate() throws Exception {
        ObjectNode pod = pod("1", "web:2", "ErrImageNeverPull");
        grace.judge(ILL, pod, List.of(), START);
        assertEquals(
                true, grace.judge(ILL, pod, List.of(), START.plusSeconds(120)).terminal());
    }

    @Test
    public void whatIsNotDegradedStaysAsItIs() throws Exception {
        Health progressing = Health.progressing("2 of 3 replicas are available");
        ObjectNode pod = pod("1", "web:2", "ErrImagePull");
        grace.judge(progressing, deployment("web:2"), List.of(pod), START);
        assertSame(progressing, grace.judge(progressing, deployment("web:2"), List.of(pod), START.plusSeconds(500)));
    }
}
