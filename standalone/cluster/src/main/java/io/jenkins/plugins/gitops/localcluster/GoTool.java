package io.jenkins.plugins.gitops.localcluster;

/** Programs in Go that the tests compare with: in the version that is built, whatever else is on the machine. */
public enum GoTool {
    KUSTOMIZE("kustomize", "5.8.2", "kustomize", "sigs.k8s.io/kustomize/kustomize/v5"),
    HELM("helm", "3.22.0", "helm", "helm.sh/helm/v3/cmd/helm"),
    SOPS("sops", "3.13.3", "sops", "github.com/getsops/sops/v3/cmd/sops"),
    AGE_KEYGEN("age-keygen", "1.3.2", "age", "filippo.io/age/cmd/age-keygen");

    private final String fileName;
    private final String version;
    private final String module;
    private final String goPackage;

    GoTool(String fileName, String version, String module, String goPackage) {
        this.fileName = fileName;
        this.version = version;
        this.module = module;
        this.goPackage = goPackage;
    }

    String fileName() {
        return fileName;
    }

    String version() {
        return version;
    }

    GoCompiler.Source source() {
        return new GoCompiler.Source(module, goPackage, fileName, "");
    }
}
