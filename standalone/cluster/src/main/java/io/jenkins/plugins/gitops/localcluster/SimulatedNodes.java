package io.jenkins.plugins.gitops.localcluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The nodes that KWOK plays, and what a cluster has that is made for workloads: a default StorageClass. No container
 * runs on them; Pods are reported as running, volumes as bound, load balancers as having an address.
 */
final class SimulatedNodes {
    private static final int COUNT = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiClient api;

    SimulatedNodes(ApiClient api) {
        this.api = api;
    }

    /** Writes what KWOK is to play. */
    void writeStages(Path file) throws IOException {
        try (InputStream in = SimulatedNodes.class.getResourceAsStream("kwok.yaml")) {
            OwnFiles.write(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Creates what is not there yet. */
    void create() throws InterruptedException {
        for (int i = 1; i <= COUNT; i++) {
            create("/api/v1/nodes", node(i));
        }
        create(
                "/apis/storage.k8s.io/v1/storageclasses",
                """
                {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "standard",
                  "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}},
                 "provisioner": "kwok.x-k8s.io/volume", "reclaimPolicy": "Delete",
                 "volumeBindingMode": "WaitForFirstConsumer"}
                """);
    }

    /** As a kubelet registers its own, with an address and what it can hold. */
    private static String node(int number) {
        return """
                {"apiVersion": "v1", "kind": "Node",
                 "metadata": {"name": "node-%1$d", "labels": {"kubernetes.io/hostname": "node-%1$d",
                   "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", "type": "kwok"}},
                 "status": {
                   "addresses": [{"type": "InternalIP", "address": "10.240.0.%1$d"},
                     {"type": "Hostname", "address": "node-%1$d"}],
                   "capacity": {"cpu": "32", "memory": "128Gi", "pods": "1000"},
                   "allocatable": {"cpu": "32", "memory": "128Gi", "pods": "1000"},
                   "nodeInfo": {"architecture": "amd64", "operatingSystem": "linux", "osImage": "simulated",
                     "kernelVersion": "simulated", "containerRuntimeVersion": "kwok", "kubeletVersion": "kwok",
                     "kubeProxyVersion": "", "bootID": "", "machineID": "", "systemUUID": ""}}}
                """
                .formatted(number);
    }

    private void create(String path, String json) throws InterruptedException {
        ApiClient.Answer answer = api.post(path, json);
        if (!answer.ok() && answer.status() != 409) {
            throw new ControlPlaneException("the API server refused to create " + json.strip() + ": " + answer.body());
        }
    }

    /** Whether workloads can start: every node takes Pods, and the first service account is there. */
    boolean ready() throws InterruptedException {
        return api.get("/api/v1/namespaces/default/serviceaccounts/default").ok() && nodesReady();
    }

    private boolean nodesReady() throws InterruptedException {
        try {
            for (int i = 1; i <= COUNT; i++) {
                if (!isReady(JSON.readTree(api.get("/api/v1/nodes/node-" + i).body()))) {
                    return false;
                }
            }
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean isReady(JsonNode node) {
        for (JsonNode taint : node.path("spec").path("taints")) {
            if (taint.path("key").asText().equals("node.kubernetes.io/not-ready")) {
                return false;
            }
        }
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
