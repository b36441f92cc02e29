package io.jenkins.plugins.gitops.localcluster;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The kubeconfig of one user of one server, with nothing outside of it. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String of(URI server, String authority, String user, Authority.Identity identity) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: %s
                  user:
                    client-certificate-data: %s
                    client-key-data: %s
                contexts:
                - name: local
                  context:
                    cluster: local
                    user: %s
                    namespace: default
                current-context: local
                """
                .formatted(
                        server, base64(authority), user, base64(identity.certificate()), base64(identity.key()), user);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
