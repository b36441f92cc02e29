package io.jenkins.plugins.gitops.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build has written into the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "gitops " + (version == null ? "(development)" : version), "Java " + System.getProperty("java.version")
        };
    }
}
