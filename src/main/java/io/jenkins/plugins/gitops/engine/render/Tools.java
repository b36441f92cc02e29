package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.tool.Tool;
import io.jenkins.plugins.gitops.engine.tool.ToolFinder;
import io.jenkins.plugins.gitops.engine.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The programs that render. */
final class Tools {

    static final String KUSTOMIZE_ADVICE =
            "install kustomize (https://kubectl.docs.kubernetes.io/installation/kustomize/)"
                    + " or kubectl where this runs, or name one in the render options";

    static final String HELM_ADVICE =
            "install helm (https://helm.sh/docs/intro/install/) where this runs, or name it in the render options";

    /** What of this process's environment a program needs to reach a remote repository. */
    private static final List<String> NETWORK = List.of(
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    private final ToolPolicy policy;
    private final ToolFinder finder;

    Tools(ToolPolicy policy) {
        this.policy = policy;
        this.finder = ToolFinder.of(policy.searchPath());
    }

    ToolPolicy policy() {
        return policy;
    }

    /** The tool with everything that comes before its options; empty where there is none on the PATH. */
    Optional<Tool> kustomize() throws BadInputException {
        if (policy.kustomize() != null) {
            return Optional.of(kustomize(named(policy.kustomize(), "kustomize")));
        }
        return finder.find("kustomize").or(() -> finder.find("kubectl")).map(Tools::kustomize);
    }

    private static Tool kustomize(Path program) {
        return Objects.requireNonNull(program.getFileName()).toString().startsWith("kubectl")
                ? new Tool("kubectl kustomize", program, "kustomize")
                : new Tool("kustomize build", program, "build");
    }

    Optional<Tool> helm() throws BadInputException {
        Optional<Path> program =
                policy.helm() != null ? Optional.of(named(policy.helm(), "helm")) : finder.find("helm");
        return program.map(found -> new Tool("helm", found));
    }

    private static Path named(String program, String what) throws BadInputException {
        Path absolute = Path.of(program).toAbsolutePath();
        if (!ToolFinder.isProgram(absolute)) {
            throw new BadInputException(
                    "\"" + program + "\", which is named as " + what + ", is no program",
                    "name the program's file, or leave the option out to take the one on the PATH");
        }
        return absolute;
    }

    ToolRun run(Path scratch) throws IOException {
        Map<String, String> environment = new HashMap<>(ToolRun.environment(scratch));
        if (policy.remoteAllowed()) {
            environment.keySet().removeAll(NETWORK);
            NETWORK.forEach(
                    name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value)));
            Optional.ofNullable(policy.searchPath()).ifPresent(value -> environment.put("PATH", value));
            // Git asks nobody, and reads no configuration but its own.
            environment.put("GIT_TERMINAL_PROMPT", "0");
            environment.put("GIT_CONFIG_NOSYSTEM", "1");
        }
        return new ToolRun(scratch, environment, policy.limits());
    }
}
