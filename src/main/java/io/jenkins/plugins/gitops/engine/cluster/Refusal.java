package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Response;

/** Reads why a request was refused. */
final class Refusal {

    /** A {@code Status} says what it has to say in much less. */
    private static final int LIMIT_BYTES = 1 << 20;

    private Refusal() {}

    /** @param url the server's, for a message that stands for itself */
    static ApiException read(String url, Response response) {
        int code = response.code();
        JsonNode status;
        try {
            status = Json.MAPPER.readTree(response.body().byteStream().readNBytes(LIMIT_BYTES));
        } catch (IOException e) {
            status = null;
        }
        if (!(status instanceof ObjectNode)
                || !"Status".equals(status.path("kind").asText())) {
            // The body of something that is not an API server is not repeated.
            return new ApiException(code, "", url + " answered with HTTP status " + code, List.of());
        }
        List<ApiException.Cause> causes = new ArrayList<>();
        for (JsonNode cause : status.path("details").path("causes")) {
            causes.add(new ApiException.Cause(
                    cause.path("field").asText(""),
                    cause.path("reason").asText(""),
                    cause.path("message").asText("")));
        }
        String message = status.path("message").asText("HTTP status " + code);
        if (code == 401) {
            message = url + " does not accept the credential (401 Unauthorized)";
        }
        return new ApiException(code, status.path("reason").asText(""), message, causes);
    }
}
