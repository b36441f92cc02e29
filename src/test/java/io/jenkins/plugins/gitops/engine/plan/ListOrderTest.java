package io.jenkins.plugins.gitops.engine.plan;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.Test;

public class ListOrderTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static boolean isKept(String desired, String live) throws Exception {
        return ListOrder.isKept(MAPPER.readTree(desired.replace('\'', '"')), MAPPER.readTree(live.replace('\'', '"')));
    }

    @Test
    public void defaultsOtherSpellingsAndItemsOfOthersDoNotMatter() throws Exception {
        assertTrue(isKept(
                "{'c': [{'name': 'a', 'r': {'cpu': '1000m'}}, {'name': 'b', 'p': [{'port': 1}, {'port': 2}]}]}",
                "{'c': [{'name': 'side'}, {'name': 'a', 'r': {'cpu': '1'}, 'x': 1},"
                        + " {'name': 'b', 'p': [{'port': 1, 'protocol': 'TCP'}, {'port': 2}]}]}"));
    }

    @Test
    public void exchangedItemsAreSeen() throws Exception {
        assertFalse(isKept("{'c': [{'name': 'a'}, {'name': 'b'}]}", "{'c': [{'name': 'b'}, {'name': 'a'}]}"));
        assertFalse(isKept("{'args': ['a', 'b']}", "{'args': ['b', 'a']}"));
        assertFalse(isKept(
                "{'c': [{'name': 'a', 'p': [{'port': 1}, {'port': 2}]}]}",
                "{'c': [{'name': 'a', 'p': [{'port': 2}, {'port': 1}]}]}"));
    }

    @Test
    public void whatCannotBeToldIsNotKept() throws Exception {
        assertFalse(isKept("{'args': ['a', 'a']}", "{'args': ['a', 'a', 'b']}"));
        assertFalse(isKept("{'old': [{'name': 'a'}]}", "{'new': [{'name': 'a'}]}"));
        assertFalse(isKept("{'c': [{'name': 'a'}]}", "{'c': {'name': 'a'}}"));
    }
}
