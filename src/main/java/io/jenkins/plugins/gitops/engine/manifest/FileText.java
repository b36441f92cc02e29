package io.jenkins.plugins.gitops.engine.manifest;

import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark says so, without the mark and with {@code \n} as line
 * end. That is how kubectl reads files, but for one thing: it puts U+FFFD in place of invalid bytes, and we refuse them,
 * since nobody means to deploy such a character.
 */
final class FileText {

    private FileText() {}

    static String decode(String file, byte[] content) throws RefusedException {
        if (content.length > Limits.FILE_BYTES) {
            throw RefusedException.file(Problem.error(
                    SourceLocation.of(file),
                    String.format("the file has %,d bytes; at most %,d are read", content.length, Limits.FILE_BYTES),
                    "split it into several files"));
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        Charset charset = charset(bytes);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        CoderResult result = decoder.decode(bytes, chars, true);
        chars.flip();
        if (result.isError()) {
            throw RefusedException.file(invalid(file, charset, chars, bytes));
        }
        String text = chars.toString();
        if (text.indexOf('\r') >= 0) {
            text = text.replace("\r\n", "\n");
        }
        // As kubectl does: a block scalar at the end of the file ends with a line end whether it is written or not.
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    /** Moves past the byte order mark. */
    private static Charset charset(ByteBuffer bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            bytes.position(3);
        } else if (startsWith(bytes, 0xFF, 0xFE)) {
            bytes.position(2);
            return StandardCharsets.UTF_16LE;
        } else if (startsWith(bytes, 0xFE, 0xFF)) {
            bytes.position(2);
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean startsWith(ByteBuffer bytes, int... mark) {
        if (bytes.remaining() < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes.get(i) & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Problem invalid(String file, Charset charset, CharBuffer before, ByteBuffer rest) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < before.length(); i++) {
            char c = before.charAt(i);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return Problem.error(
                new SourceLocation(file, line, column),
                String.format("the byte 0x%02X is not valid %s", rest.get() & 0xFF, charset.name()),
                "save the file as UTF-8");
    }
}
