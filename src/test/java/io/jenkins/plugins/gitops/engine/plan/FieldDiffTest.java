package io.jenkins.plugins.gitops.engine.plan;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.Test;

/** Differences are named as a person names them, by what {@code managedFields} says of each list. */
public class FieldDiffTest {

    private static final String MANAGED =
            """
            {"managedFields":[{"manager":"m","operation":"Apply","fieldsV1":{
              "f:spec":{"f:containers":{"k:{\\"name\\":\\"web\\"}":{".":{},"f:name":{},"f:image":{}}},
                        "f:ports":{"k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},"f:port":{}}},
                        "f:finalizers":{"v:\\"a\\"":{}}}}}]}""";

    @Test
    public void itemsOfKeyedListsAreNamedByTheirKeys() throws Exception {
        assertDifferences(
                "{containers:[{name:'web',image:'1'},{name:'side',image:'1'}]}",
                "{containers:[{name:'web',image:'2'}]}",
                "spec.containers[name=web].image: \"1\" -> \"2\"",
                "spec.containers[name=side]: {\"name\":\"side\",\"image\":\"1\"} -> null");
        assertDifferences(
                "{ports:[{port:80,protocol:'TCP',name:'a'}]}",
                "{ports:[{port:80,protocol:'TCP',name:'b'}]}",
                "spec.ports[port=80,protocol=TCP].name: \"a\" -> \"b\"");
    }

    @Test
    public void membersOfSetsAreNamedByTheirValue() throws Exception {
        assertDifferences(
                "{finalizers:['a','b']}",
                "{finalizers:['a','c']}",
                "spec.finalizers[\"b\"]: \"b\" -> null",
                "spec.finalizers[\"c\"]: null -> \"c\"");
    }

    @Test
    public void theOrderOfAListIsADifference() throws Exception {
        assertDifferences(
                "{containers:[{name:'a'},{name:'b'}]}",
                "{containers:[{name:'b'},{name:'a'}]}",
                "spec.containers: [{\"name\":\"a\"},{\"name\":\"b\"}] -> [{\"name\":\"b\"},{\"name\":\"a\"}]");
    }

    @Test
    public void otherListsAreComparedAsAWholeOrPlaceByPlace() throws Exception {
        assertDifferences("{args:['a','b']}", "{args:['a']}", "spec.args: [\"a\",\"b\"] -> [\"a\"]");
        assertDifferences("{rules:[{a:1},{a:2}]}", "{rules:[{a:1},{a:3}]}", "spec.rules[1].a: 2 -> 3");
    }

    @Test
    public void keysThatAreNoIdentifiersStandInBrackets() throws Exception {
        assertDifferences("{'a.b/c':'1'}", "{'a.b/c':'2'}", "spec[a.b/c]: \"1\" -> \"2\"");
    }

    @Test
    public void oneNumberWrittenInTwoWaysIsNoDifference() throws Exception {
        assertDifferences("{n:1}", "{n:1.0}");
        assertDifferences("{n:1}", "{n:'1'}", "spec.n: 1 -> \"1\"");
    }

    @Test
    public void whatTheServerWritesIsNoDifference() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode live = (ObjectNode) mapper.readTree(
                "{\"metadata\":{\"resourceVersion\":\"1\",\"generation\":1,\"uid\":\"u\",\"managedFields\":[]}}");
        ObjectNode result = (ObjectNode) mapper.readTree("{\"metadata\":{\"resourceVersion\":\"2\"}}");
        assertEquals(List.of(), FieldDiff.between(live, result));
    }

    private static void assertDifferences(String live, String desired, String... expected) throws Exception {
        List<String> found = FieldDiff.between(object(live), object(desired)).stream()
                .map(difference -> difference.path() + ": " + difference.live() + " -> " + difference.desired())
                .toList();
        assertEquals(List.of(expected), found);
    }

    private static ObjectNode object(String spec) throws Exception {
        ObjectMapper mapper = new ObjectMapper()
                .configure(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_SINGLE_QUOTES, true)
                .configure(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true);
        return (ObjectNode) mapper.readTree("{metadata:" + MANAGED + ",spec:" + spec + "}");
    }
}
