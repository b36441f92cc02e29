package io.jenkins.plugins.gitops.engine;

/** Small manifests that several tests use. */
public final class Manifests {

    private Manifests() {}

    public static String configMap(String name, String key, String value) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                  labels:
                    tier: config
                data:
                  %s: "%s"
                """
                .formatted(name, key, value);
    }

    public static String deployment(String name, int replicas, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                  labels:
                    app: %1$s
                spec:
                  replicas: %2$d
                  selector:
                    matchLabels:
                      app: %1$s
                  template:
                    metadata:
                      labels:
                        app: %1$s
                    spec:
                      containers:
                        - name: %1$s
                          image: %3$s
                """
                .formatted(name, replicas, image);
    }
}
