package io.jenkins.plugins.gitops.engine.source;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Test;

/**
 * With keys and commits that the real gpg (2.2.40) and git made: {@code NAME.asc} is what {@code gpg --armor --export}
 * printed at the end, {@code NAME.commit} what {@code git cat-file commit} did after {@code git commit -S}.
 */
public class PgpSignatureTest {

    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";
    private static final Instant TIME = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    public void everyKindOfKeyVerifies() throws Exception {
        Map<String, String> signers = new TreeMap<>();
        for (String name : List.of("rsa", "ed25519", "nistp256", "nistp384", "nistp521", "brainpool", "prolonged")) {
            signers.put(name, verify(name + ".commit", name + ".asc"));
        }
        assertEquals(
                Map.of(
                        "rsa", "rsa <rsa@example.org>, key C65A122D7AABADDA",
                        "ed25519", "ed25519 <ed25519@example.org>, key 021F0E804D6293EA",
                        "nistp256", "nistp256 <nistp256@example.org>, key 08CBC5A9A09F169B",
                        "nistp384", "nistp384 <nistp384@example.org>, key 64865545E7A9CEA6",
                        "nistp521", "nistp521 <nistp521@example.org>, key 8A43F656ACA02D03",
                        "brainpool", "brainpool <brainpool@example.org>, key 67AA03C72D311753",
                        "prolonged", "prolonged <prolonged@example.org>, key 41ED403209BC63B5"),
                signers);
    }

    @Test
    public void aSubkeySignsForItsPrimaryKey() throws Exception {
        assertEquals("subkey <subkey@example.org>, key 48EF5B3D73F252E9", verify("subkey.commit", "subkey.asc"));
    }

    @Test
    public void oneOfSeveralKeysIsEnough() throws Exception {
        String all =
                "# OpenPGP\n" + text("rsa.asc") + "\n\n" + text("subkey.asc").indent(4)
                        + "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB3mT5Tq0b2o2oG1vJX1mBvbyjvLLOTj6GmXQ2iYbTzC somebody\n"
                        + text("ed25519.asc");
        TrustedSigners signers = TrustedSigners.parse("f", all);
        for (String name : List.of("rsa", "subkey", "ed25519")) {
            String signer = commit(text(name + ".commit")).verify(signers);
            assertTrue(signer, signer.startsWith(name + " <"));
        }
        // As they are sent to a node.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(signers);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            TrustedSigners sent = (TrustedSigners) in.readObject();
            assertTrue(commit(text("rsa.commit")).verify(sent).startsWith("rsa <"));
        }
    }

    @Test
    public void anUnknownKeyIsNamed() throws Exception {
        String expected = "Commit " + HASH + " is signed by the OpenPGP key C65A122D7AABADDA, which is not one of the"
                + " trusted signers; have a trusted signer sign it, or add that key to them";
        assertEquals(expected, refused("rsa.commit", "ed25519.asc"));
        TrustedSigners ssh = TrustedSigners.parse(
                "f", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB3mT5Tq0b2o2oG1vJX1mBvbyjvLLOTj6GmXQ2iYbTzC somebody");
        assertEquals(expected, refused(text("rsa.commit"), ssh));
    }

    @Test
    public void aRevokedKeyIsRefusedWhateverTheReason() throws Exception {
        for (String name : List.of("revoked-compromised", "revoked-superseded", "revoked-subkey")) {
            String message = refused(name + ".commit", name + ".asc");
            assertTrue(
                    message,
                    message.startsWith("Commit " + HASH + " is signed by " + name + " <" + name + "@example.org>, key ")
                            && message.contains(" with a key that is revoked; "));
        }
        for (String name : List.of("revoked-compromised", "revoked-superseded")) {
            assertTrue(verify(name + ".commit", name + "-before.asc").startsWith(name));
            // The same key as it was before, and later: what was said last counts.
            String both = text(name + "-before.asc") + text(name + ".asc");
            refused(text(name + ".commit"), TrustedSigners.parse("f", both));
            refused(
                    text(name + ".commit"),
                    TrustedSigners.parse("f", text(name + ".asc") + text(name + "-before.asc")));
        }
    }

    @Test
    public void aKeyThatExpiredInTheMeantimeIsRefused() throws Exception {
        assertEquals(
                "Commit " + HASH + " is signed by expired <expired@example.org>, key E43FD8D5AD2621E7 with a key that"
                        + " expired at 2020-06-01T12:00:00Z; have it signed with a key that is valid, or bring that key"
                        + " up to date among the trusted signers",
                refused("expired.commit", "expired.asc"));
        String subkey = refused("expired-subkey.commit", "expired-subkey.asc");
        assertTrue(subkey, subkey.contains(" with a key that expired at 2020-06-01T12:00:00Z; "));
    }

    @Test
    public void weakKeysAndDigestsAreRefused() throws Exception {
        for (String name : List.of("weak", "dsa", "sha1")) {
            String message = refused(name + ".commit", name + ".asc");
            assertTrue(
                    message,
                    message.startsWith("Commit " + HASH + " is signed by " + name + " <")
                            && message.contains(" in a way that is not trusted any more: Unacceptable "));
        }
    }

    @Test
    public void whatDiffersInOneByteIsNotSigned() throws Exception {
        String good = text("ed25519.commit");
        String bad = "Commit " + HASH + " carries a signature of ed25519 <ed25519@example.org>, key 021F0E804D6293EA"
                + " that is not one of this commit; it was changed after it was signed, or the signature is damaged";
        TrustedSigners signers = TrustedSigners.parse("f", text("ed25519.asc"));
        assertEquals(bad, refused(good.replace("A commit", "A c0mmit"), signers));
        assertEquals(bad, refused(good.replace("author Test", "author Best"), signers));
        int begin = good.indexOf("\n \n") + 3;
        int end = good.indexOf(" -----END");
        for (int i = begin; i < end; i++) {
            char other = good.charAt(i) == 'A' ? 'B' : 'A';
            refused(good.substring(0, i) + other + good.substring(i + 1), signers);
        }
    }

    /** The armour's checksum, which may be missing, left out. What is not signed in a signature leads nowhere else. */
    @Test
    public void everyBitOfTheSignatureCounts() throws Exception {
        String good = text("ed25519.commit");
        TrustedSigners signers = TrustedSigners.parse("f", text("ed25519.asc"));
        int begin = good.indexOf("\n \n") + 3;
        int end = good.indexOf(" =", begin);
        byte[] signature = Base64.getMimeDecoder().decode(good.substring(begin, end));
        int refused = 0;
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            String base64 = Base64.getEncoder().encodeToString(changed);
            String commit = good.substring(0, begin) + " " + base64 + "\n" + good.substring(good.indexOf(" -----END"));
            try {
                assertEquals(
                        "ed25519 <ed25519@example.org>, key 021F0E804D6293EA",
                        commit(commit).verify(signers));
            } catch (BadInputException e) {
                assertTrue(e.getMessage(), e.getMessage().startsWith("Commit " + HASH + " "));
                refused++;
            }
        }
        assertTrue(refused + " of " + 8 * signature.length, refused > 6 * signature.length);
    }

    @Test
    public void whatIsNoSignatureOfACommitIsRefused() throws Exception {
        TrustedSigners signers = TrustedSigners.parse("f", text("ed25519.asc"));
        String good = text("ed25519.commit");
        String signature = good.substring(good.indexOf("gpgsig "), good.indexOf("END PGP SIGNATURE-----") + 23);
        assertTrue(
                refused(good.replace("PGP SIGNATURE", "PGP MESSAGE"), signers).contains(" of a kind that is not "));
        assertTrue(
                refused(good.replace(signature, signature + signature), signers).contains(" two signatures; "));
        assertTrue(refused(good.replace(signature, ""), signers).contains(" is not signed; sign it: git commit -S"));
        String key = " "
                + text("ed25519.asc")
                        .replace("PUBLIC KEY BLOCK", "SIGNATURE")
                        .strip()
                        .replace("\n", "\n ");
        String instead = refused(good.replace(signature, "gpgsig" + key + "\n"), signers);
        assertTrue(instead, instead.contains(" a signature that was not made for Git; "));
    }

    @Test
    public void aFileThatHoldsOtherThanPublicKeysIsRefused() throws Exception {
        String key = text("ed25519.asc");
        assertEquals(
                "f:2 begins a private key, which belongs to nobody but its owner; write what gpg --armor --export prints",
                unread("\n-----BEGIN PGP PRIVATE KEY BLOCK-----\n"));
        assertEquals(
                "f:1 is not an OpenPGP public key; write what gpg --armor --export prints",
                unread("-----BEGIN PGP MESSAGE-----\n"));
        assertEquals(
                "f ends in the middle of an OpenPGP key; write all that gpg --armor --export prints",
                unread(key.substring(0, key.length() / 2)));
        assertEquals(
                "f:1 is not an OpenPGP public key; write what gpg --armor --export prints",
                unread(key.replaceFirst("\n\n....", "\n\nAAAA")));
        assertEquals(
                "f:1 is not a public key; write it as ssh-ed25519 AAAA... name, or as gpg --armor --export prints it",
                unread("mDMEaVWz"));
        assertFalse(unread(key.replace('m', 'n')).contains("\n"));
    }

    private static String unread(String text) {
        return assertThrows(BadInputException.class, () -> TrustedSigners.parse("f", text))
                .getMessage();
    }

    private static String verify(String commit, String keys) throws Exception {
        return commit(text(commit)).verify(TrustedSigners.parse(keys, text(keys)));
    }

    private static String refused(String commit, String keys) throws Exception {
        return refused(text(commit), TrustedSigners.parse(keys, text(keys)));
    }

    private static String refused(String commit, TrustedSigners signers) {
        return assertThrows(BadInputException.class, () -> commit(commit).verify(signers))
                .getMessage();
    }

    private static CommitSignature commit(String text) throws BadInputException {
        return CommitSignature.of(HASH, text.getBytes(StandardCharsets.ISO_8859_1), TIME);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = PgpSignatureTest.class.getResourceAsStream("openpgp/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
