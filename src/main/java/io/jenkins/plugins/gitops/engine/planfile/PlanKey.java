package io.jenkins.plugins.gitops.engine.planfile;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that whoever makes plans shares with whoever carries them out, and with nobody else. A plan that is sealed with
 * one cannot be changed without it, and gives nothing to guess the values of Secrets by.
 */
public final class PlanKey {

    /** A shorter key could be guessed. */
    public static final int MIN_BYTES = 16;

    private final byte[] secret;

    /**
     * @param secret at least {@link #MIN_BYTES} bytes, from a random source
     * @throws IllegalArgumentException if it is shorter
     */
    public PlanKey(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "a plan's key needs " + MIN_BYTES + " bytes at least, and has " + secret.length);
        }
        this.secret = secret.clone();
    }

    /** HMAC-SHA-256. */
    byte[] mac(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says nothing of what it is. */
    @Override
    public String toString() {
        return "PlanKey";
    }
}
