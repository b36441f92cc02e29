package io.jenkins.plugins.gitops.engine.health;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class CertificateSigningRequestRuleTest {

    private final HealthCases cases = HealthCases.read("certificatesigningrequest.yaml");

    @Test
    public void isHealthyWhenTheCertificateIsIssued() {
        assertEquals(Health.healthy(), cases.assess("issued"));
        assertEquals(Health.progressing("approved; waiting for signer example.org/web"), cases.assess("approved"));
        assertEquals(Health.progressing("waiting for its approval"), cases.assess("open"));
    }

    @Test
    public void hasFailedForGoodWhenDeniedOrFailed() {
        assertEquals(Health.failed("denied; UnknownHost: no such host"), cases.assess("denied"));
        assertEquals(Health.failed("failed; SignerValidationFailure"), cases.assess("failed"));
    }
}
