package io.jenkins.plugins.gitops.engine.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes broken YAML of sound YAML. */
public final class Mutator {

    /** What means something in YAML, alone or together. */
    private static final List<String> TOKENS = List.of(
            "---\n",
            "--- ",
            "...\n",
            "- ",
            "-\n",
            "- - ",
            "? ",
            "? - ",
            ": ",
            ":",
            ": - ",
            ",",
            "[",
            "]",
            "{",
            "}",
            "#",
            " #",
            "&a ",
            "*a",
            "&a",
            "*a : ",
            "!!str ",
            "!!int ",
            "!!float ",
            "!!bool ",
            "!!null ",
            "!!binary ",
            "!!map ",
            "!!seq ",
            "!foo ",
            "! ",
            "!<tag:yaml.org,2002:str> ",
            "!e!x ",
            "|",
            "|\n",
            ">\n",
            "|-\n",
            ">+\n",
            "|2\n",
            "'",
            "\"",
            "''",
            "\\",
            "\\n",
            "\\x41",
            "\\u0041",
            "\\ud83d",
            "\\/",
            "\\\n",
            "%",
            "@",
            "`",
            "\t",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\u00a0",
            "\u00e9",
            "\ud83d\ude00",
            "\0",
            "\u0007",
            "<<: *a\n",
            "<<: ",
            "<<: [*a, *a]\n",
            "y",
            "no",
            "~",
            "null",
            "0x1F",
            "0o17",
            "017",
            "1_000",
            "1.5",
            "1e3",
            "1e999",
            ".inf",
            ".5",
            "-",
            "--",
            "%YAML 1.1\n",
            "%TAG ! x\n",
            "a: b\n",
            "a",
            "b: ",
            "\"k\": 1",
            "{a: b}",
            "[1, 2]",
            "=",
            "a:b",
            "://",
            "?a",
            "-a",
            ":a",
            "a#b",
            "a: #",
            "2001-01-01",
            "{{ .x }}",
            "0",
            "+",
            "_",
            "kind: List\nitems:\n",
            "items: ",
            "metadata: ",
            "name: ",
            "labels: ");

    private final List<byte[]> corpus;
    private final Random random;

    public Mutator(List<byte[]> corpus, Random random) {
        this.corpus = corpus;
        this.random = random;
    }

    public byte[] next() {
        StringBuilder text = new StringBuilder(new String(any(), StandardCharsets.UTF_8));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            change(text);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private void change(StringBuilder text) {
        // More often behind the lines that every object has.
        int at = text.length() - random.nextInt(1 + random.nextInt(1 + text.length()));
        int end = Math.min(text.length(), at + 1 + random.nextInt(10));
        int line = text.lastIndexOf("\n", at - 1) + 1;
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4 -> text.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
            case 5, 6, 7 -> text.delete(at, end);
            case 8, 9, 10 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
            case 11, 12 -> text.insert(line, " ".repeat(1 + random.nextInt(3)));
            case 13, 14 -> text.delete(line, Math.min(text.length(), line + 1 + random.nextInt(2)));
            default -> text.insert(at, new String(any(), StandardCharsets.UTF_8));
        }
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }
}
