package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.probe.Finding;
import io.jenkins.plugins.gitops.engine.probe.ProbeResult;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.report.Status;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@CommandLine.Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        header = "Says cheaply whether somebody has laid hands on an app since its last sync.",
        description = {
            "",
            "Reads no Git and no specs, only the metadata of the app's objects, and names those that were changed, deleted",
            "or added: a reason to look with gitops drift. Exit code 1 says that there are some.",
            ""
        })
final class ProbeCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--app", required = true, paramLabel = "NAME", description = "The app's name, as a sync tells it.")
    String app;

    @Mixin
    ClusterOptions cluster;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "With json, standard output holds one JSON document and nothing else. Default: text.")
    OutputOptions.Format format;

    @Override
    public Integer call() throws Exception {
        ProbeResult result =
                new GitOpsEngine(UserCache.directory("repositories")).probe(cluster.access(), app, cluster.namespace);
        if (!result.known()) {
            throw new BadInputException(
                    "there is no inventory of an app \"" + app + "\" in that namespace",
                    "check the name and --namespace, or sync it first");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputOptions.Format.JSON) {
            out.println(json(result));
        } else {
            result.findings().forEach(out::println);
            out.println((result.isQuiet()
                            ? "nothing foreign happened to "
                            : result.findings().size() + " findings in ")
                    + result.objects() + " objects"
                    + (result.unknown() == 0 ? "" : ", " + result.unknown() + " unknown")
                    + String.format(
                            Locale.ROOT, " (%d requests, %.1f KB)", result.requests(), result.bytes() / 1000.0));
        }
        out.flush();
        return (result.isQuiet() ? Status.IN_SYNC : Status.OUT_OF_SYNC).exitCode();
    }

    private static String json(ProbeResult result) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("revision", result.revision());
        json.put("objects", result.objects()).put("unknown", result.unknown());
        json.put("requests", result.requests()).put("bytes", result.bytes());
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : result.findings()) {
            findings.addObject()
                    .put("group", finding.id().group())
                    .put("kind", finding.id().kind())
                    .put("namespace", finding.id().namespace())
                    .put("name", finding.id().name())
                    .put("what", finding.what().word());
        }
        return json.toPrettyString();
    }
}
