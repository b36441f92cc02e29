package io.jenkins.plugins.gitops.localcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How each component is run: its flags, and the one flag by which its process is known. Everything listens on loopback
 * only; etcd opens to the API server's certificate alone.
 *
 * @param directory where the files are
 * @param home the directory as it was named when the processes were started; another one only where it was moved since
 */
record Components(ClusterDirectory directory, ClusterDirectory home) {
    private static final String SERVICE_RANGE = "10.96.0.0/16";
    private static final String POD_RANGE = "10.244.0.0/16";

    /** In the order in which they start; they end the other way round. */
    static List<Binary> all(boolean controllers) {
        List<Binary> all = new ArrayList<>(List.of(Binary.ETCD, Binary.KUBE_APISERVER));
        if (controllers) {
            all.addAll(Binary.controllers());
        }
        return all;
    }

    static Components in(ClusterDirectory directory) {
        return new Components(directory, directory);
    }

    /** Those that a record tells of, wherever their directory is by now. */
    static Components of(ClusterDirectory directory, ClusterRecord record) {
        return new Components(directory, new ClusterDirectory(Path.of(record.home())));
    }

    Daemon daemon(Binary binary) {
        return new Daemon(binary, mark(binary), directory.pidFile(binary), directory.log(binary));
    }

    private String mark(Binary binary) {
        return switch (binary) {
            case ETCD -> "--data-dir=" + home.etcdData();
            case KUBE_APISERVER -> "--tls-private-key-file=" + home.pki("apiserver.key");
            default -> "--kubeconfig=" + home.kubeconfig(binary);
        };
    }

    /**
     * @param durable whether data survives a crash of the machine; a test does not care and is faster
     */
    List<String> etcd(int port, boolean durable) {
        String url = "https://127.0.0.1:" + port;
        // The one member never talks to a peer: any port will do.
        String peerUrl = "https://127.0.0.1:0";
        List<String> arguments = new ArrayList<>(List.of(
                mark(Binary.ETCD),
                "--name=default",
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--client-cert-auth",
                "--trusted-ca-file=" + directory.pki("etcd-ca.crt"),
                "--cert-file=" + directory.pki("etcd.crt"),
                "--key-file=" + directory.pki("etcd.key"),
                "--listen-peer-urls=" + peerUrl,
                "--initial-advertise-peer-urls=" + peerUrl,
                "--initial-cluster=default=" + peerUrl,
                "--peer-client-cert-auth",
                "--peer-trusted-ca-file=" + directory.pki("etcd-ca.crt"),
                "--peer-cert-file=" + directory.pki("etcd.crt"),
                "--peer-key-file=" + directory.pki("etcd.key"),
                "--log-level=warn"));
        if (!durable) {
            arguments.add("--unsafe-no-fsync");
        }
        return arguments;
    }

    /**
     * @param controllers whether service accounts are made for Pods; without that, to demand them would block every Pod
     */
    List<String> apiServer(int port, int etcdPort, boolean controllers) {
        List<String> arguments = new ArrayList<>(List.of(
                mark(Binary.KUBE_APISERVER),
                "--tls-cert-file=" + directory.pki("apiserver.crt"),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                // The Endpoints of the Service kubernetes must not name a loopback address, and no Pod would use them.
                "--endpoint-reconciler-type=none",
                "--etcd-servers=https://127.0.0.1:" + etcdPort,
                "--etcd-cafile=" + directory.pki("etcd-ca.crt"),
                "--etcd-certfile=" + directory.pki("etcd.crt"),
                "--etcd-keyfile=" + directory.pki("etcd.key"),
                "--client-ca-file=" + directory.pki("ca.crt"),
                "--authorization-mode=Node,RBAC",
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-signing-key-file=" + directory.pki("service-accounts.key"),
                "--service-account-key-file=" + directory.pki("service-accounts.pub"),
                "--service-cluster-ip-range=" + SERVICE_RANGE,
                "--allow-privileged=true",
                "--requestheader-client-ca-file=" + directory.pki("front-proxy-ca.crt"),
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=" + directory.pki("front-proxy.crt"),
                "--proxy-client-key-file=" + directory.pki("front-proxy.key"),
                "--max-requests-inflight=3000",
                "--max-mutating-requests-inflight=1000",
                "--profiling=false"));
        if (!controllers) {
            arguments.add("--disable-admission-plugins=ServiceAccount");
        }
        return arguments;
    }

    List<String> controller(Binary binary) {
        return switch (binary) {
            case KUBE_CONTROLLER_MANAGER ->
                with(
                        clientOf(binary),
                        "--use-service-account-credentials=true",
                        "--service-account-private-key-file=" + directory.pki("service-accounts.key"),
                        "--root-ca-file=" + directory.pki("ca.crt"),
                        "--cluster-signing-cert-file=" + directory.pki("ca.crt"),
                        "--cluster-signing-key-file=" + directory.pki("ca.key"),
                        "--service-cluster-ip-range=" + SERVICE_RANGE);
            case KUBE_SCHEDULER -> clientOf(binary);
            case KWOK ->
                List.of(
                        mark(binary),
                        "--config=" + directory.stages(),
                        "--manage-all-nodes",
                        "--cidr=" + POD_RANGE,
                        // Without its heartbeats every node counts as lost after a while, and its Pods as not ready.
                        "--node-lease-duration-seconds=40");
            default -> throw new IllegalArgumentException(binary.fileName() + " is no controller");
        };
    }

    /** A lone client of the API server that serves nothing itself. */
    private List<String> clientOf(Binary binary) {
        return List.of(
                mark(binary),
                "--authentication-kubeconfig=" + directory.kubeconfig(binary),
                "--authorization-kubeconfig=" + directory.kubeconfig(binary),
                "--leader-elect=false",
                "--secure-port=0",
                "--kube-api-qps=500",
                "--kube-api-burst=1000",
                "--profiling=false");
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }
}
