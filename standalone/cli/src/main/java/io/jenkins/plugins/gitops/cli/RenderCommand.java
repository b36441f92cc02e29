package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.GitOpsEngine;
import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.ManifestWriter;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.render.RenderResult;
import io.jenkins.plugins.gitops.engine.report.Command;
import io.jenkins.plugins.gitops.engine.report.Status;
import io.jenkins.plugins.gitops.engine.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@CommandLine.Command(
        name = "render",
        mixinStandardHelpOptions = true,
        header = "Prints what a sync would apply, with the file that each object comes from.",
        description = {
            "",
            "Plain YAML, Kustomize and Helm: what is in the folder decides. Without --kubeconfig or --context no",
            "cluster is asked; a chart then renders for the Kubernetes version of helm, or --kube-version.",
            ""
        })
final class RenderCommand implements Callable<Integer> {

    /** The forms of standard output. */
    enum Format {
        YAML,
        JSON
    }

    @Spec
    CommandSpec spec;

    @Mixin
    RepositoryOptions repository;

    @Mixin
    ClusterOptions cluster;

    @Mixin
    RenderOptions render;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "yaml|json",
            defaultValue = "yaml",
            description = "Documents of YAML, or one List in JSON. Default: yaml.")
    Format format;

    @Option(names = "--show-secrets", description = "Print the values of Secrets too.")
    boolean showSecrets;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        SyncRequest request = SyncRequest.of(Command.VALIDATE, repository.request(true))
                .withApp(repository.app)
                .withPath(repository.path)
                .withNamespace(cluster.namespace)
                .withRender(render.policy());
        RenderResult result = new GitOpsEngine(UserCache.directory("repositories"))
                .render(request, cluster.given() ? cluster.access() : null, new Terminal(err, err, false));
        List<Problem> errors =
                result.problems().stream().filter(Problem::isError).toList();
        if (!errors.isEmpty()) {
            TextReport text = new TextReport(Colours.style());
            errors.forEach(problem -> text.problem(problem).forEach(err::println));
            err.flush();
            return Status.INVALID.exitCode();
        }
        if (format == Format.JSON) {
            out.println(json(result));
        } else {
            result.manifests().forEach(manifest -> print(out, manifest));
        }
        out.flush();
        err.println(result.manifests().size() + " objects, " + result.digest());
        err.flush();
        return Status.IN_SYNC.exitCode();
    }

    private ObjectNode shown(Manifest manifest) {
        return showSecrets ? manifest.json() : SecretMask.mask(manifest.json());
    }

    private void print(PrintWriter out, Manifest manifest) {
        out.println("---");
        out.println("# Source: " + manifest.location());
        out.print(ManifestWriter.yaml(shown(manifest)));
    }

    private String json(RenderResult result) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode list = mapper.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        result.manifests().forEach(manifest -> items.add(shown(manifest)));
        return mapper.writeValueAsString(list);
    }
}
