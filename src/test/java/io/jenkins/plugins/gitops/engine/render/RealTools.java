package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.localcluster.GoTool;
import io.jenkins.plugins.gitops.localcluster.GoTools;
import java.nio.file.Path;

/** The real programs, in one version. */
public final class RealTools {

    private RealTools() {}

    public static Path find(GoTool tool) throws InterruptedException {
        return GoTools.find(tool, line -> System.err.println("[tools] " + line));
    }

    /** Renders with them and with nothing on the PATH. */
    public static ToolPolicy policy() throws InterruptedException {
        return ToolPolicy.DEFAULT.withKustomize(find(GoTool.KUSTOMIZE)).withHelm(find(GoTool.HELM));
    }
}
