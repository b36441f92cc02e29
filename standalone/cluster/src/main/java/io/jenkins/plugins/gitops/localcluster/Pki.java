package io.jenkins.plugins.gitops.localcluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.concurrent.CompletableFuture;

/**
 * The keys and certificates of a control plane: made once, kept in {@code pki/}, valid for ten years. etcd has an
 * authority of its own, so that a certificate which the cluster signs opens the API server and not the data beneath;
 * the front proxy has one too, as the aggregation layer demands.
 */
final class Pki {
    private static final String ADMIN = "admin";

    private final ClusterDirectory directory;

    private Pki(ClusterDirectory directory) {
        this.directory = directory;
    }

    /** Those of the directory; makes them where there are none. */
    static Pki of(ClusterDirectory directory) {
        try {
            if (!Files.isDirectory(directory.pki())) {
                make(directory);
            }
            return new Pki(directory);
        } catch (IOException | GeneralSecurityException e) {
            throw new ControlPlaneException(
                    "cannot make keys and certificates in " + directory.pki() + ": " + Failures.reason(e), e);
        }
    }

    private static void make(ClusterDirectory directory) throws IOException, GeneralSecurityException {
        // By far the slowest part, and of chance duration: beside all the others.
        CompletableFuture<KeyPair> adminKeys = CompletableFuture.supplyAsync(Pki::rsaKeys);
        Path unfinished = directory.run().resolve("pki.unfinished");
        OwnFiles.delete(unfinished);
        OwnFiles.makeDirectory(unfinished);

        Authority cluster = Authority.named("local-control-plane");
        write(unfinished, "ca", cluster.identity());
        write(
                unfinished,
                "apiserver",
                cluster.server(
                        "kube-apiserver",
                        "kubernetes",
                        "kubernetes.default",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc.cluster.local"));

        Authority etcd = Authority.named("local-control-plane-etcd");
        OwnFiles.write(unfinished.resolve("etcd-ca.crt"), etcd.identity().certificate());
        write(unfinished, "etcd", etcd.server("etcd"));

        Authority frontProxy = Authority.named("local-control-plane-front-proxy");
        OwnFiles.write(
                unfinished.resolve("front-proxy-ca.crt"), frontProxy.identity().certificate());
        write(unfinished, "front-proxy", frontProxy.server("front-proxy-client"));

        KeyPair serviceAccounts = Authority.ellipticKeys();
        OwnFiles.write(
                unfinished.resolve("service-accounts.key"),
                Authority.pem("PRIVATE KEY", serviceAccounts.getPrivate().getEncoded()));

        OwnFiles.write(
                unfinished.resolve("service-accounts.pub"),
                Authority.pem("PUBLIC KEY", serviceAccounts.getPublic().getEncoded()));

        // Made even where no controllers are wanted yet: the authority can only sign while it is in memory.
        write(unfinished, Binary.KUBE_CONTROLLER_MANAGER, controller(cluster, "system:kube-controller-manager", null));
        write(unfinished, Binary.KUBE_SCHEDULER, controller(cluster, "system:kube-scheduler", null));
        write(unfinished, Binary.KWOK, controller(cluster, "kwok", "system:masters"));
        write(unfinished, ADMIN, cluster.client("kubernetes-admin", "system:masters", adminKeys.join()));
        Files.move(unfinished, directory.pki(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Not every client library reads elliptic keys, and the administrator's is for whatever client a user has. */
    private static KeyPair rsaKeys() {
        try {
            return Authority.rsaKeys();
        } catch (GeneralSecurityException e) {
            throw new ControlPlaneException("cannot make an RSA key: " + Failures.reason(e), e);
        }
    }

    private static Authority.Identity controller(Authority cluster, String user, String group)
            throws IOException, GeneralSecurityException {
        return cluster.client(user, group, Authority.ellipticKeys());
    }

    private static void write(Path directory, Binary binary, Authority.Identity identity) throws IOException {
        write(directory, binary.fileName(), identity);
    }

    private static void write(Path directory, String name, Authority.Identity identity) throws IOException {
        OwnFiles.write(directory.resolve(name + ".crt"), identity.certificate());
        OwnFiles.write(directory.resolve(name + ".key"), identity.key());
    }

    /** The administrator's kubeconfig and those of the controllers, for a server whose port may have changed. */
    void writeKubeconfigs(URI server) throws IOException {
        OwnFiles.write(directory.kubeconfig(), kubeconfig(server, "kubernetes-admin", ADMIN));
        for (Binary controller : Binary.controllers()) {
            OwnFiles.write(
                    directory.kubeconfig(controller), kubeconfig(server, controller.fileName(), controller.fileName()));
        }
    }

    private String kubeconfig(URI server, String user, String files) throws IOException {
        return Kubeconfig.of(server, authority(), user, identity(files));
    }

    String authority() throws IOException {
        return Files.readString(directory.pki("ca.crt"));
    }

    Authority.Identity admin() throws IOException {
        return identity(ADMIN);
    }

    private Authority.Identity identity(String name) throws IOException {
        return new Authority.Identity(
                Files.readString(directory.pki(name + ".crt")), Files.readString(directory.pki(name + ".key")));
    }
}
