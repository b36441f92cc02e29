package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

/** The kinds that an administrator declares and that have one short rule each. */
public class ClusterKindsTest {

    private final HealthCases cases = HealthCases.read("cluster.yaml");

    @Test
    public void aNodeIsHealthyWhenItsKubeletSaysSo() {
        assertEquals(Health.healthy(), cases.assess("node-ready"));
        assertEquals(
                Health.degraded("not ready; NodeStatusUnknown: Kubelet stopped posting node status"),
                cases.assess("node-not-ready"));
        assertEquals(Health.progressing("waiting for its kubelet to report"), cases.assess("node-new"));
    }

    @Test
    public void aVolumeIsAttachedOrSaysWhyNot() {
        assertEquals(Health.healthy(), cases.assess("attached"));
        assertEquals(
                Health.progressing("waiting for the volume to be attached to node node-1"), cases.assess("attaching"));
        assertEquals(
                Health.degraded("cannot be attached; rpc error: code = NotFound desc = volume not found"),
                cases.assess("not-attached"));
    }

    @Test
    public void aRangeOfServiceAddressesIsReadyOrWaitsForIt() {
        assertEquals(Health.healthy(), cases.assess("cidr-ready"));
        assertEquals(
                Health.progressing("waiting to become ready; Terminating: There are still IPAddresses referencing the"
                        + " ServiceCIDR"),
                cases.assess("cidr-terminating"));
        assertEquals(Health.progressing("waiting to become ready"), cases.assess("cidr-new"));
    }

    @Test
    public void aClaimOfDevicesWaitsForItsFirstPodAndNobodyWaitsForIt() {
        assertEquals(
                Health.healthy("not allocated; it waits for the first pod that uses it"), cases.assess("claim-unused"));
        assertEquals(Health.healthy(), cases.assess("claim-allocated"));
    }

    @Test
    public void aMigrationIsOverWhenItSucceeded() {
        assertEquals(Health.healthy(), cases.assess("migration-done"));
        assertEquals(Health.progressing("running"), cases.assess("migration-running"));
        assertEquals(Health.progressing("waiting to be started"), cases.assess("migration-new"));
        assertEquals(
                Health.failed("failed; StorageVersionMigrationFailed: resource does not exist in GC"),
                cases.assess("migration-failed"));
    }

    @Test
    public void aPodsCertificateIsIssuedOrRefused() {
        assertEquals(Health.healthy(), cases.assess("request-issued"));
        assertEquals(Health.failed("denied; UnsupportedKeyType: use ECDSA"), cases.assess("request-denied"));
        assertEquals(Health.progressing("waiting for the signer example.org/signer"), cases.assess("request-new"));
    }
}
