package io.jenkins.plugins.gitops.engine.plan;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.Test;

/** What the proof says of each thing that server-side apply knows; {@link InSyncProofIT} asks the server itself. */
public class InSyncProofTest {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    public void keysOfMaps() throws Exception {
        proven("{a:'1',b:'2'}", "{a:'1',b:'2'}", "{'f:a':{},'f:b':{}}");
        // What others own, or the server filled in, is none of our business.
        proven("{a:'1'}", "{a:'1',other:'x'}", "{'f:a':{}}");
        asked("{a:'1'}", "{a:'2'}", "{'f:a':{}}");
        asked("{a:'1'}", "{}", "{'f:a':{}}");
        // Not ours, not declared any more, or both.
        asked("{a:'1'}", "{a:'1'}", "{'f:b':{}}");
        asked("{a:'1'}", "{a:'1',b:'2'}", "{'f:a':{},'f:b':{}}");
        asked("{a:'1',b:'2'}", "{a:'1',b:'2'}", "{'f:a':{}}");
    }

    @Test
    public void itemsOfKeyedLists() throws Exception {
        String one = "'k:{\"name\":\"one\"}':{'.':{},'f:name':{},'f:v':{}}";
        String two = "'k:{\"name\":\"two\"}':{'.':{},'f:name':{},'f:v':{}}";
        proven(
                "{l:[{name:'one',v:1},{name:'two',v:2}]}",
                "{l:[{name:'one',v:1},{name:'two',v:2}]}",
                "{'f:l':{" + one + "," + two + "}}");
        // An item of somebody else's between them.
        proven(
                "{l:[{name:'one',v:1},{name:'two',v:2}]}",
                "{l:[{name:'one',v:1},{name:'x',v:9},{name:'two',v:2}]}",
                "{'f:l':{" + one + "," + two + "}}");
        // The order means something.
        asked(
                "{l:[{name:'one',v:1},{name:'two',v:2}]}",
                "{l:[{name:'two',v:2},{name:'one',v:1}]}",
                "{'f:l':{" + one + "," + two + "}}");
        asked("{l:[{name:'one',v:1}]}", "{l:[{name:'one',v:2}]}", "{'f:l':{" + one + "}}");
        asked("{l:[{name:'one',v:1}]}", "{l:[]}", "{'f:l':{" + one + "}}");
        asked("{l:[{name:'one',v:1},{name:'one',v:1}]}", "{l:[{name:'one',v:1}]}", "{'f:l':{" + one + "}}");
        asked("{l:[{name:'one',v:1}]}", "{l:[{name:'one',v:1},{name:'two',v:2}]}", "{'f:l':{" + one + "," + two + "}}");
        // A claim on the item alone covers nothing of what is in it.
        asked("{l:[{name:'one',v:1}]}", "{l:[{name:'one',v:1}]}", "{'f:l':{'k:{\"name\":\"one\"}':{}}}");
    }

    @Test
    public void keysThatAreLeftToTheirDefaults() throws Exception {
        String tcp = "'k:{\"port\":53,\"protocol\":\"TCP\"}':{'.':{},'f:port':{}}";
        String udp = "'k:{\"port\":53,\"protocol\":\"UDP\"}':{'.':{},'f:port':{},'f:protocol':{}}";
        proven("{l:[{port:53}]}", "{l:[{port:53,protocol:'TCP'}]}", "{'f:l':{" + tcp + "}}");
        proven(
                "{l:[{port:53},{port:53,protocol:'UDP'}]}",
                "{l:[{port:53,protocol:'TCP'},{port:53,protocol:'UDP'}]}",
                "{'f:l':{" + tcp + "," + udp + "}}");
        // It said UDP once, and leaves it to the default now.
        asked("{l:[{port:53}]}", "{l:[{port:53,protocol:'UDP'}]}", "{'f:l':{" + udp + "}}");
        asked(
                "{l:[{port:53},{port:53}]}",
                "{l:[{port:53,protocol:'TCP'},{port:53,protocol:'UDP'}]}",
                "{'f:l':{" + tcp + ",'k:{\"port\":53,\"protocol\":\"UDP\"}':{'.':{},'f:port':{}}}}");
    }

    @Test
    public void membersOfSets() throws Exception {
        proven("{s:['a','b']}", "{s:['a','b']}", "{'f:s':{'v:\"a\"':{},'v:\"b\"':{}}}");
        proven("{s:['a','b']}", "{s:['a','x','b']}", "{'f:s':{'v:\"a\"':{},'v:\"b\"':{}}}");
        proven("{s:[1,2]}", "{s:[1,2]}", "{'f:s':{'v:1':{},'v:2':{}}}");
        asked("{s:['a','b']}", "{s:['b','a']}", "{'f:s':{'v:\"a\"':{},'v:\"b\"':{}}}");
        asked("{s:['a','b']}", "{s:['a','b']}", "{'f:s':{'v:\"a\"':{}}}");
        asked("{s:['a']}", "{s:['a','b']}", "{'f:s':{'v:\"a\"':{},'v:\"b\"':{}}}");
        asked("{s:['a','a']}", "{s:['a']}", "{'f:s':{'v:\"a\"':{}}}");
    }

    @Test
    public void whatIsAtomic() throws Exception {
        proven("{l:['a','b'],m:{x:{y:1}}}", "{l:['a','b'],m:{x:{y:1}}}", "{'f:l':{},'f:m':{}}");
        asked("{l:['a']}", "{l:['a','b']}", "{'f:l':{}}");
        asked("{l:['a','b']}", "{l:['b','a']}", "{'f:l':{}}");
        asked("{m:{x:1}}", "{m:{x:1,y:2}}", "{'f:m':{}}");
        // Somewhere inside a list that the server knows by place.
        asked("{l:[{a:1}]}", "{l:[{a:1}]}", "{'f:l':{'i:0':{'f:a':{}}}}");
    }

    @Test
    public void emptyMapsAndLists() throws Exception {
        proven("{m:{},l:[]}", "{m:{},l:[]}", "{'f:m':{},'f:l':{}}");
        asked("{m:{}}", "{m:{a:1}}", "{'f:m':{}}");
        asked("{m:{}}", "{}", "{'f:m':{}}");
        // An empty one was applied, and Git declares by now what somebody has put there: the fields are not ours yet.
        asked(false, "{m:{a:1}}", "{m:{a:1}}", "{'f:m':{}}");
        asked(false, "{l:[{name:'a'}]}", "{l:[{name:'a'}]}", "{'f:l':{}}");
        // Without a schema a map is claimed beside what is in it; elsewhere only a take-over leaves that.
        proven("{m:{a:1}}", "{m:{a:1}}", "{'f:m':{'.':{},'f:a':{}}}");
        asked(false, "{m:{a:1}}", "{m:{a:1}}", "{'f:m':{'.':{},'f:a':{}}}");
    }

    @Test
    public void numbersQuantitiesAndIntOrString() throws Exception {
        proven("{n:1,m:1.50}", "{n:1.0,m:1.5}", "{'f:n':{},'f:m':{}}");
        proven("{n:9007199254740993}", "{n:9007199254740993}", "{'f:n':{}}");
        asked("{n:9007199254740993}", "{n:9007199254740992}", "{'f:n':{}}");
        asked("{n:1}", "{n:'1'}", "{'f:n':{}}");
        asked("{port:'80'}", "{port:80}", "{'f:port':{}}");
        proven("{port:'80%'}", "{port:'80%'}", "{'f:port':{}}");
        asked("{cpu:'1000m'}", "{cpu:'1'}", "{'f:cpu':{}}");
        asked("{flag:true}", "{flag:'true'}", "{'f:flag':{}}");
    }

    @Test
    public void nullsAreForTheServer() throws Exception {
        asked("{a:null}", "{}", "{}");
        asked("{a:null}", "{a:null}", "{'f:a':{}}");
        asked("{l:[null]}", "{l:[null]}", "{'f:l':{}}");
        asked("{m:{x:null}}", "{m:{x:null}}", "{'f:m':{}}");
    }

    @Test
    public void labelsAnnotationsFinalizersAndOwners() throws Exception {
        String owner = "{apiVersion:'v1',kind:'ConfigMap',name:'o',uid:'u1'}";
        String ownerClaim = "'f:ownerReferences':{'k:{\"uid\":\"u1\"}':"
                + "{'.':{},'f:apiVersion':{},'f:kind':{},'f:name':{},'f:uid':{}}}";
        String all = "labels:{a:'1'},annotations:{n:'x'},finalizers:['e/one'],ownerReferences:[" + owner + "]";
        String claims =
                "'f:labels':{'f:a':{}},'f:annotations':{'f:n':{}},'f:finalizers':{'v:\"e/one\"':{}}," + ownerClaim;
        assertMetadata(true, all, all, claims);
        assertMetadata(true, all + ",creationTimestamp:null", all + ",uid:'x',generation:3", claims);
        assertMetadata(false, all, all.replace("e/one", "e/two"), claims);
        assertMetadata(false, all, all.replace("uid:'u1'", "uid:'u2'"), claims);
        assertMetadata(false, "labels:{a:'1'}", all, claims);
        assertMetadata(
                false,
                "labels:{a:'1'},resourceVersion:'7'",
                "labels:{a:'1'},resourceVersion:'7'",
                "'f:labels':{'f:a':{}}");
    }

    @Test
    public void theEntryMustBeOursAndOfThisVersion() throws Exception {
        String ours = entry("jenkins-gitops", "Apply", "v1", "", "{'f:data':{'f:a':{}}}");
        assertEntries(true, ours);
        assertEntries(false, entry("jenkins-gitops", "Apply", "v2", "", "{'f:data':{'f:a':{}}}"));
        assertEntries(false, entry("somebody", "Apply", "v1", "", "{'f:data':{'f:a':{}}}"));
        assertEntries(false, entry("jenkins-gitops", "Update", "v1", "", "{'f:data':{'f:a':{}}}"));
        assertEntries(false, "");
        // Several of our own: of the status, and of a patch.
        assertEntries(true, ours, entry("jenkins-gitops", "Apply", "v1", "status", "{'f:status':{'f:x':{}}}"));
        assertEntries(true, ours, entry("jenkins-gitops", "Update", "v1", "", "{'f:data':{'f:b':{}}}"));
        assertEntries(false, ours, ours);
        // An earlier client-side apply, and whoever else.
        assertEntries(
                true, entry("kubectl-client-side-apply", "Update", "v1", "", "{'f:data':{'.':{},'f:a':{}}}"), ours);
        assertEntries(true, ours, entry("other", "Apply", "v1", "", "{'f:data':{'f:a':{}}}"));
    }

    @Test
    public void anObjectThatIsGoingIsNot() throws Exception {
        ObjectNode live = live("{a:'1'}", "{'f:a':{}}");
        ((ObjectNode) live.get("metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");
        assertEquals(false, InSyncProof.holds(desired("{a:'1'}"), live, "jenkins-gitops", true));
    }

    @Test
    public void theStatusIsNotDeclared() throws Exception {
        ObjectNode live = object("{apiVersion:'v1',kind:'T',metadata:{name:'t',managedFields:["
                + entry("jenkins-gitops", "Apply", "v1", "", "{'f:spec':{'f:a':{}},'f:status':{'f:x':{}}}")
                + "]},spec:{a:'1'},status:{x:1}}");
        assertEquals(false, InSyncProof.holds(desired("{a:'1'}"), live, "jenkins-gitops", true));
    }

    private static void proven(String desired, String live, String claim) throws Exception {
        assertEquals(true, InSyncProof.holds(desired(desired), live(live, claim), "jenkins-gitops", true));
    }

    private static void asked(String desired, String live, String claim) throws Exception {
        asked(true, desired, live, claim);
    }

    private static void asked(boolean sameAsLastApplied, String desired, String live, String claim) throws Exception {
        assertEquals(
                false, InSyncProof.holds(desired(desired), live(live, claim), "jenkins-gitops", sameAsLastApplied));
    }

    private static void assertMetadata(boolean proven, String desired, String live, String claims) throws Exception {
        ObjectNode here = object("{apiVersion:'v1',kind:'T',metadata:{name:'t'," + desired + "}}");
        ObjectNode there = object("{apiVersion:'v1',kind:'T',metadata:{name:'t'," + live + ",managedFields:["
                + entry("jenkins-gitops", "Apply", "v1", "", "{'f:metadata':{" + claims + "}}") + "]}}");
        assertEquals(desired, proven, InSyncProof.holds(here, there, "jenkins-gitops", true));
    }

    private static void assertEntries(boolean proven, String... entries) throws Exception {
        ObjectNode here = object("{apiVersion:'v1',kind:'T',metadata:{name:'t'},data:{a:'1'}}");
        ObjectNode there = object("{apiVersion:'v1',kind:'T',metadata:{name:'t',managedFields:["
                + String.join(",", entries) + "]},data:{a:'1',b:'2'}}");
        assertEquals(proven, InSyncProof.holds(here, there, "jenkins-gitops", true));
    }

    private static String entry(String manager, String operation, String version, String subresource, String fields) {
        return "{manager:'" + manager + "',operation:'" + operation + "',apiVersion:'" + version + "',subresource:'"
                + subresource + "',fieldsV1:" + fields + "}";
    }

    private static ObjectNode desired(String spec) throws Exception {
        return object("{apiVersion:'v1',kind:'T',metadata:{name:'t'},spec:" + spec + "}");
    }

    private static ObjectNode live(String spec, String claim) throws Exception {
        return object("{apiVersion:'v1',kind:'T',metadata:{name:'t',managedFields:["
                + entry("jenkins-gitops", "Apply", "v1", "", "{'f:spec':" + claim + "}") + "]},spec:" + spec + "}");
    }

    private static ObjectNode object(String json) throws Exception {
        return (ObjectNode) MAPPER.readTree(json);
    }
}
