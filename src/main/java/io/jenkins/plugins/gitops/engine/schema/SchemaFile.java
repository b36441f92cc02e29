package io.jenkins.plugins.gitops.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Schemas in one small file: the one that is shipped, and those that were pulled. */
public final class SchemaFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SHIPPED = "kubernetes.json.gz";

    /** A pulled file is no larger than what a server with a thousand definitions has. */
    private static final int MAX_BYTES = 256 * 1024 * 1024;

    private SchemaFile() {}

    private static final class Shipped {
        static final Schemas SCHEMAS = read();

        private static Schemas read() {
            try (InputStream in = SchemaFile.class.getResourceAsStream(SHIPPED)) {
                return Schemas.of(parse(in));
            } catch (IOException e) {
                throw new IllegalStateException("the shipped schemas cannot be read", e);
            }
        }
    }

    /** The built-in kinds of the Kubernetes version that this engine is made with. */
    public static Schemas shipped() {
        return Shipped.SCHEMAS;
    }

    /** @throws BadInputException if there is no such file, or it holds no schemas */
    public static Schemas read(Path file) throws BadInputException {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode compact = parse(in);
            if (!compact.path("kinds").isObject() || !compact.path("types").isObject()) {
                throw new IOException("no kinds in it");
            }
            return Schemas.of(compact);
        } catch (NoSuchFileException e) {
            throw new BadInputException("there is no file of schemas " + file, "make it by: gitops schemas pull");
        } catch (IOException e) {
            throw new BadInputException(
                    file + " is no file of schemas: " + e.getMessage(), "make it anew by: gitops schemas pull");
        }
    }

    private static JsonNode parse(InputStream in) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(in)) {
            byte[] json = gzip.readNBytes(MAX_BYTES);
            return MAPPER.readTree(json);
        }
    }

    /** The same bytes for the same schemas. */
    public static byte[] bytes(JsonNode compact) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
                {
                    def.setLevel(java.util.zip.Deflater.BEST_COMPRESSION);
                }
            }) {
                gzip.write(MAPPER.writeValueAsBytes(compact));
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
    }
}
