package io.jenkins.plugins.gitops.localcluster;

import java.util.Locale;

/**
 * What binaries must be made for, in Go's words.
 *
 * @param os such as {@code linux} or {@code darwin}
 * @param arch such as {@code amd64} or {@code arm64}
 */
record Platform(String os, String arch) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /**
     * @param osName as the JVM calls it, such as {@code Mac OS X}
     * @param osArch as the JVM calls it, such as {@code x86_64}
     */
    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String os = name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "darwin" : name;
        String arch =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64", "x64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> osArch.toLowerCase(Locale.ROOT);
                };
        return new Platform(os, arch);
    }

    /**
     * @throws ControlPlaneException where the processes could neither be started nor be kept apart from others
     */
    void requireSupported() {
        if (os.equals("windows")) {
            throw new ControlPlaneException(
                    "a local control plane runs on Linux and macOS only; on Windows run it in WSL 2");
        }
    }

    /** How kube-api-test's directories end: {@code -linux-amd64}. */
    String suffix() {
        return "-" + os + "-" + arch;
    }
}
