package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureException;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPUserId;
import org.bouncycastle.openpgp.api.OpenPGPImplementation;
import org.bouncycastle.openpgp.api.OpenPGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/**
 * A detached OpenPGP signature, as {@code gpg --detach-sign --armor} writes it. As with gpg, the key must be valid now:
 * that it was when it signed says nothing, since whoever finds an old key can date a signature as he likes, and gpg drops
 * what a key said of itself before it was prolonged.
 */
final class PgpSignature {
    static final String BEGIN = "-----BEGIN PGP SIGNATURE-----";

    private static final int MAX_NAME = 100;
    private static final OpenPGPImplementation LIBRARY = new BcOpenPGPImplementation();

    private PgpSignature() {}

    /**
     * @return who signed the commit
     * @throws BadInputException if it was none of the keys, one that is revoked, expired or not meant for it, or
     *     another commit
     */
    static String verify(SignedCommit commit, String armored, PgpKeys keys) throws BadInputException {
        PGPSignature signature;
        List<OpenPGPComponentKey> issuers;
        try {
            signature = read(commit, armored);
            issuers = keys == null ? List.of() : keys.issuers(signature);
            if (issuers.isEmpty()) {
                throw commit.unknown("the OpenPGP key " + issuer(signature));
            }
        } catch (IOException | RuntimeException e) {
            throw commit.damaged("somebody");
        }
        BadInputException refusal = null;
        for (OpenPGPComponentKey issuer : issuers) {
            refusal = refusal(commit, signature, issuer);
            if (refusal == null) {
                return name(issuer);
            }
        }
        throw refusal;
    }

    private static PGPSignature read(SignedCommit commit, String armored) throws BadInputException, IOException {
        byte[] bytes = armored.getBytes(StandardCharsets.ISO_8859_1);
        try (InputStream in = new ArmoredInputStream(new ByteArrayInputStream(bytes))) {
            PGPObjectFactory packets = LIBRARY.pgpObjectFactory(in);
            // To the end, where the armour's checksum is.
            if (packets.nextObject() instanceof PGPSignatureList list && packets.nextObject() == null) {
                if (list.size() != 1) {
                    throw commit.refused("carries two signatures", "sign it once");
                }
                if (list.get(0).getVersion() >= 4
                        && list.get(0).getSignatureType() == PGPSignature.BINARY_DOCUMENT
                        && list.get(0).getHashedSubPackets() != null
                        && list.get(0).getHashedSubPackets().getSignatureCreationTime() != null) {
                    return list.get(0);
                }
            }
        }
        throw commit.refused("carries a signature that was not made for Git", "sign it with git commit -S");
    }

    /** Why this key does not vouch for the commit; {@code null} if it does. */
    private static BadInputException refusal(SignedCommit commit, PGPSignature signature, OpenPGPComponentKey issuer) {
        String signedBy = "is signed by " + name(issuer) + " ";
        String advice =
                "have it signed with a key that is valid, or bring that key up to date among the trusted signers";
        try {
            signature.init(LIBRARY.pgpContentVerifierBuilderProvider(), issuer.getPGPPublicKey());
            signature.update(commit.signed());
            OpenPGPDocumentSignature document = new OpenPGPDocumentSignature(signature, issuer);
            if (!document.verify()) {
                return commit.damaged(name(issuer));
            }
            Date signed = document.getCreationTime();
            Date now = Date.from(Instant.now());
            Date latest = now.after(signed) ? now : signed;
            if (isRevoked(issuer, latest)) {
                return commit.refused(signedBy + "with a key that is revoked", advice);
            }
            Date expiry = expiry(issuer, latest);
            if (expiry != null && !latest.before(expiry)) {
                return commit.refused(signedBy + "with a key that expired at " + expiry.toInstant(), advice);
            }
            if (!document.isEffectiveAt(latest)) {
                return commit.refused(
                        signedBy + "with a signature that expired at "
                                + document.getExpirationTime().toInstant(),
                        "have it signed again");
            }
            if (!document.isValidAt(latest, LIBRARY.policy())) {
                return commit.refused(signedBy + "with a key that is not one for signatures", advice);
            }
            return null;
        } catch (PGPSignatureException e) {
            return commit.refused(
                    signedBy + "in a way that is not trusted any more: " + e.getMessage(),
                    "sign it with RSA of 2048 bits or more, Ed25519 or ECDSA, and SHA-2");
        } catch (PGPException | RuntimeException e) {
            return commit.damaged(name(issuer));
        }
    }

    private static boolean isRevoked(OpenPGPComponentKey key, Date time) {
        return key.getRevocation(time) != null
                || key.getCertificate().getPrimaryKey().getRevocation(time) != null;
    }

    /** The earlier one of the key's and, of a subkey, its primary key's; {@code null} if there is none. */
    private static Date expiry(OpenPGPComponentKey key, Date time) {
        Date own = key.getKeyExpirationDateAt(time);
        Date primary = key.getCertificate().getPrimaryKey().getKeyExpirationDateAt(time);
        return own == null || primary != null && primary.before(own) ? primary : own;
    }

    /** The user and the long id of the key that signed, as gpg shows them. */
    private static String name(OpenPGPComponentKey key) {
        List<OpenPGPUserId> users = key.getCertificate().getAllUserIds();
        String user = users.isEmpty()
                ? "the OpenPGP key "
                : Printable.line(users.get(0).getUserId(), MAX_NAME) + ", key ";
        return user + hex(key.getKeyIdentifier());
    }

    private static String issuer(PGPSignature signature) {
        KeyIdentifier issuer = OpenPGPSignature.getMostExpressiveIdentifier(signature.getKeyIdentifiers());
        return issuer == null ? "(it does not say which)" : hex(issuer);
    }

    private static String hex(KeyIdentifier key) {
        return String.format(Locale.ROOT, "%016X", key.getKeyId());
    }
}
