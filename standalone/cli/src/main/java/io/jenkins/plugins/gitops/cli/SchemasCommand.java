package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiServer;
import io.jenkins.plugins.gitops.engine.schema.OpenApi;
import io.jenkins.plugins.gitops.engine.schema.SchemaFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "schemas",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "pull",
        header = "The schemas that manifests are held against without a cluster.",
        description = {
            "",
            "Those of one current Kubernetes version are built in. A cluster's own, with its custom resources, are pulled",
            "once and used wherever that cluster cannot be reached.",
            ""
        })
final class SchemasCommand {

    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+).*");

    @Spec
    CommandSpec spec;

    /** Where the schemas of a Kubernetes version are kept. */
    static Path file(String version) {
        Matcher matcher = VERSION.matcher(version);
        String minor = matcher.matches() ? matcher.group(1) : "none";
        return UserCache.directory("schemas").resolve(minor + ".json.gz");
    }

    @Command(
            name = "pull",
            mixinStandardHelpOptions = true,
            header = "Asks a cluster for its OpenAPI documents and keeps what they say of its kinds.")
    int pull(
            @Mixin ClusterOptions cluster,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = {
                                "Default: in the user's cache directory, where validate --kubernetes-version finds it."
                            })
                    Path out,
            @Option(names = "--built-in-only", description = "Leave out what custom resource definitions add.")
                    boolean builtInOnly)
            throws Exception {
        PrintWriter writer = spec.commandLine().getOut();
        try (ApiServer server = ApiServer.connect(cluster.access())) {
            ObjectNode compact = OpenApi.pull(server, builtInOnly);
            byte[] content = SchemaFile.bytes(compact);
            Path file = out == null ? file(compact.path("version").asText()) : out;
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "schemas", ".tmp");
            try {
                Files.write(temporary, content);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            writer.println(compact.path("kinds").size() + " kinds of " + server.url() + ", Kubernetes "
                    + compact.path("version").asText() + ": " + file);
            writer.flush();
        }
        return 0;
    }
}
