package io.jenkins.plugins.gitops.engine.manifest;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.manifest.Documents.Document;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class ManifestWriterTest {

    private static final String[] TEXTS = {
        "",
        " ",
        "a",
        "no",
        "Yes",
        "0644",
        "1e3",
        "0x1F",
        "1:30",
        "~",
        "null",
        "a: b",
        "a #b",
        "#",
        "- a",
        "nginx:1.27",
        "http://x/y",
        "a\nb",
        "a\nb\n",
        "a\n\n\nb\n\n",
        "\n",
        " a\nb",
        "a\n  b\n",
        "a \nb",
        "tab\t\nb",
        "é\nb",
        "'",
        "\"",
        "---",
        "--- a\nb",
        "*x",
        "&x",
        "!x",
        "%x",
        "@x",
        "{a}",
        "[a]",
        "2001-01-01",
        ".inf",
        "=",
        "<<",
        "\u0000",
        "\ud83d\ude00",
        "x".repeat(300),
        "a:",
        "a b",
        "a  b",
        "#!/bin/sh\necho ${x}\n",
        "---\na: b\n",
        "...\n"
    };

    @Test
    public void writesWhatAPersonWould() throws Exception {
        assertEquals(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: a
                  labels: {}
                data:
                  script: |
                    #!/bin/sh
                    echo hi
                  port: "80"
                list:
                - image: nginx:1.27
                  args:
                  - a
                  - []
                - 1
                - - true
                  - null
                """
                        .replace("- - true\n  - null", "-\n  - true\n  - null"),
                ManifestWriter.yaml(
                        new ObjectMapper()
                                .readTree(
                                        """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{}},
                 "data":{"script":"#!/bin/sh\\necho hi\\n","port":"80"},
                 "list":[{"image":"nginx:1.27","args":["a",[]]},1,[true,null]]}""")));
    }

    @Test
    public void whatIsWrittenIsReadAsTheSame() throws Exception {
        long seed = Long.getLong("gitops.seed", 20260101);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            ObjectNode object = object(random, 4);
            object.put("last", TEXTS[i % TEXTS.length]);
            String yaml = ManifestWriter.yaml(object);
            List<Document> read = Documents.read("a.yaml", yaml.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    "seed " + seed + ":\n" + yaml,
                    object.toString(),
                    read.get(0).json().toString());
        }
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            String key = "k" + i + TEXTS[random.nextInt(TEXTS.length)];
            switch (random.nextInt(depth > 0 ? 6 : 4)) {
                case 0 -> object.put(key, random.nextInt());
                case 1 -> object.put(key, random.nextBoolean());
                case 2 -> object.putNull(key);
                case 3 -> object.put(key, TEXTS[random.nextInt(TEXTS.length)]);
                case 4 -> object.set(key, object(random, depth - 1));
                default -> {
                    ArrayNode list = object.putArray(key);
                    for (int item = random.nextInt(3); item >= 0; item--) {
                        list.add(TEXTS[random.nextInt(TEXTS.length)]).add(object(random, depth - 1));
                    }
                }
            }
        }
        return object;
    }
}
