package io.jenkins.plugins.gitops.bench;

import java.io.IOException;
import java.util.List;

/**
 * What the API server itself has counted so far. Its own housekeeping (leases, watches, what it asks itself for at
 * start) is left out as far as it can be told apart.
 *
 * @param requests answered
 * @param readBytes bodies of the answers to GET and LIST, as they are sent: large ones compressed, where the client takes that
 */
record ServerMetrics(long requests, long readBytes) {

    private static final List<String> HOUSEKEEPING =
            List.of("resource=\"leases\"", "verb=\"WATCH\"", ",resource=\"\",");

    static ServerMetrics read(Server server) throws IOException {
        double requests = 0;
        double bytes = 0;
        for (String line : server.get("/metrics").split("\n")) {
            if (HOUSEKEEPING.stream().anyMatch(line::contains)) {
                continue;
            }
            if (line.startsWith("apiserver_request_total{")) {
                requests += value(line);
            } else if (line.startsWith("apiserver_response_sizes_sum{")) {
                bytes += value(line);
            }
        }
        return new ServerMetrics((long) requests, (long) bytes);
    }

    ServerMetrics since(ServerMetrics before) {
        return new ServerMetrics(requests - before.requests, readBytes - before.readBytes);
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
