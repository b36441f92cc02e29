package io.jenkins.plugins.gitops.engine.planfile;

import io.jenkins.plugins.gitops.engine.manifest.Digests;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import io.jenkins.plugins.gitops.engine.plan.Change;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * One digest over the values of all Secrets of a plan, to see later whether they are still the same. With a
 * {@link PlanKey} nothing can be guessed by it. Without one it is salted and slow (PBKDF2), and can only be guessed for
 * all Secrets of the app at once: who has the file can try some thousand guesses a second, no more; a value that a person
 * could remember may fall to that.
 *
 * @param salt random, in hexadecimal
 * @param value in hexadecimal; empty where the plan has no Secret
 */
public record SecretsDigest(String salt, String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT = 16;
    private static final int BITS = 256;

    /** What OWASP recommends for PBKDF2 with HMAC-SHA-256; about half a second. */
    private static final int ROUNDS = 600_000;

    /** With a new salt. */
    static SecretsDigest of(List<Change> changes, PlanKey key) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return of(changes, HexFormat.of().formatHex(salt), key);
    }

    /** With the salt of a plan that was made before. */
    static SecretsDigest of(List<Change> changes, String salt, PlanKey key) {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (Change change : changes) {
            if (change.target() != null
                    && SecretMask.isSecret(change.target().declared().json())) {
                values.writeBytes(Digests.whole(change.target().declared().json()));
            }
        }
        if (values.size() == 0) {
            return new SecretsDigest(salt, "");
        }
        byte[] salted = HexFormat.of().parseHex(salt);
        byte[] digest = key == null ? slow(values.toByteArray(), salted) : key.mac(salted, values.toByteArray());
        return new SecretsDigest(salt, HexFormat.of().formatHex(digest));
    }

    private static byte[] slow(byte[] values, byte[] salt) {
        PBEKeySpec spec = new PBEKeySpec(HexFormat.of().formatHex(values).toCharArray(), salt, ROUNDS, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }
}
