package io.jenkins.plugins.gitops.engine.live;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.Test;

/** Which pods are a workload's, as the API server and the controllers see it. */
public class LabelSelectorTest {

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static LabelSelector selector(String text) throws Exception {
        return LabelSelector.of(json("{'spec':{'selector':" + text + "}}"));
    }

    private static boolean matches(LabelSelector selector, String labels) throws Exception {
        return selector.matches(json("{'metadata':{'labels':" + labels + "}}"));
    }

    @Test
    public void labelsAndExpressionsMustAllMatch() throws Exception {
        LabelSelector selector = selector("{'matchLabels':{'app':'web'},'matchExpressions':["
                + "{'key':'tier','operator':'In','values':['a','b']},{'key':'old','operator':'DoesNotExist'},"
                + "{'key':'x','operator':'Exists'},{'key':'y','operator':'NotIn','values':['1']}]}");
        assertEquals("app=web,tier in (a,b),!old,x,y notin (1)", selector.query());
        assertTrue(matches(selector, "{'app':'web','tier':'b','x':''}"));
        assertFalse(matches(selector, "{'app':'web','tier':'c','x':''}"));
        assertFalse(matches(selector, "{'app':'web','tier':'b','x':'','old':'1'}"));
        assertFalse(matches(selector, "{'app':'web','tier':'b','x':'','y':'1'}"));
        assertFalse(matches(selector, "{'app':'web','tier':'b'}"));
    }

    @Test
    public void aReplicationControllerHasAPlainMap() throws Exception {
        assertEquals("app=web", selector("{'app':'web'}").query());
        assertTrue(matches(selector("{'app':'web'}"), "{'app':'web','more':'1'}"));
    }

    @Test
    public void noSelectorMatchesNothing() throws Exception {
        assertFalse(matches(LabelSelector.of(json("{'spec':{}}")), "{'app':'web'}"));
        assertFalse(matches(selector("{}"), "{}"));
    }

    @Test
    public void oneQueryFindsThePodsOfManyWorkloads() throws Exception {
        LabelSelector web = selector("{'matchLabels':{'app':'web','part':'shop'}}");
        LabelSelector db = selector("{'matchLabels':{'app':'db','part':'shop'}}");
        assertEquals("app in (db,web),part=shop", LabelSelector.union(List.of(web, db)));
        assertEquals("app=web,part=shop", LabelSelector.union(List.of(web)));
        assertNull(LabelSelector.union(List.of(web, selector("{'matchLabels':{'name':'db'}}"))));
    }
}
