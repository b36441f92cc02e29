package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * A report as JSON, both ways; {@code docs/report.schema.json} describes the form.
 *
 * <p>Property names are lowerCamelCase, enumerated values UpperCamelCase, times ISO-8601 in UTC with milliseconds,
 * durations whole milliseconds. A property that does not apply is absent, never {@code null}; only {@code live} and
 * {@code desired} can be {@code null}, which then is the field's value. {@code exitCode} and {@code counts} follow from
 * the rest: they are written for others and not read again.
 *
 * <p>What is read may come from a machine that is not trusted: size, depth and number of values are bounded, every
 * value is checked, and nothing is converted. Properties that are not known are skipped, so that an older reader
 * understands a newer report of the same {@link Report#SCHEMA_VERSION}.
 */
public final class ReportJson {

    /** A larger report is neither written nor read: 32 MiB. */
    public static final int MAX_BYTES = 32 << 20;

    /** How deep a report may nest, values of fields included. */
    static final int MAX_DEPTH = 100;

    private static final int MAX_TOKENS = 3_000_000;

    /** Above this, a value of a field is cut where a report would become too large otherwise. */
    private static final int ABRIDGED = 1_024;

    static final ObjectMapper MAPPER = mapper();

    private ReportJson() {}

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_BYTES)
                        .maxNumberLength(400)
                        .maxNameLength(10_000)
                        .maxTokenCount(MAX_TOKENS)
                        .build())
                .build();
        return new ObjectMapper(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    /**
     * The report in UTF-8. A text longer than the form allows is cut, with a note on its length; where the whole became
     * larger than {@link #MAX_BYTES}, long values of fields are cut too.
     */
    public static byte[] write(Report report) throws IOException {
        byte[] complete = new ReportWriter(Integer.MAX_VALUE).write(report);
        return complete.length <= MAX_BYTES ? complete : new ReportWriter(ABRIDGED).write(report);
    }

    /**
     * @param input a report's JSON; it is not closed
     * @throws ReportFormatException if it is no report of this version, or too large
     */
    public static Report read(InputStream input) throws IOException {
        byte[] bytes = input.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ReportFormatException("the report is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        return read(bytes);
    }

    /** As {@link #read(InputStream)}. */
    public static Report read(byte[] json) throws ReportFormatException {
        if (json.length > MAX_BYTES) {
            throw new ReportFormatException("the report is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ReportFormatException("the report is no JSON that can be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ReportFormatException("the report is no JSON that can be read: " + e.getMessage(), e);
        }
        return ReportReader.read(root);
    }
}
