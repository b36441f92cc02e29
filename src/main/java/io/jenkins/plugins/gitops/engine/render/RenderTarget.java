package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a folder is rendered for.
 *
 * @param app the app's name
 * @param cluster what of a cluster a rendering may depend on; {@link Cluster#without} one where there is none
 */
public record RenderTarget(String app, Cluster cluster) {

    public RenderTarget {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(cluster, "cluster");
    }

    /** Asked only by what needs it, so that a folder of plain YAML is rendered without a cluster. */
    public interface Cluster {

        /** @param namespace of objects that name none; {@code null} for {@code default} */
        static Cluster without(String namespace) {
            return new NoCluster(namespace == null ? "default" : namespace);
        }

        /** Its version and kinds; {@code null} where there is no cluster. */
        Facts facts() throws BadInputException, IOException, InterruptedException;

        /** The namespace of objects that name none. */
        String namespace() throws BadInputException, IOException, InterruptedException;

        /** The entries of a ConfigMap or Secret; {@code null} where it does not exist. */
        Map<String, String> values(ValueSource source) throws BadInputException, IOException, InterruptedException;
    }

    /**
     * What a chart may ask of a cluster.
     *
     * @param version such as {@code v1.36.3}
     * @param apiVersions such as {@code apps/v1} and {@code apps/v1/Deployment}
     */
    public record Facts(String version, List<String> apiVersions) {
        public Facts {
            apiVersions = List.copyOf(apiVersions);
        }
    }

    /** An object whose entries are values to substitute. */
    public record ValueSource(boolean secret, String namespace, String name) implements Serializable {
        @Override
        public String toString() {
            return (secret ? "Secret " : "ConfigMap ") + (namespace == null ? "" : namespace + "/") + name;
        }
    }

    /** There is none to ask. */
    private record NoCluster(String namespace) implements Cluster {
        @Override
        public Facts facts() {
            return null;
        }

        @Override
        public Map<String, String> values(ValueSource source) throws BadInputException {
            throw new BadInputException(
                    source + " holds values to substitute, and there is no cluster to read it from",
                    "name a cluster, or give the values as parameters or in a file");
        }
    }
}
