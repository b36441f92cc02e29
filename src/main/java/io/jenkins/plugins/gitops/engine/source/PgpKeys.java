package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/** OpenPGP public keys, each with its subkeys. */
final class PgpKeys implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As they were exported: what the library makes of them cannot be sent to a node. */
    private final String armored;

    /** {@code null} until they are asked for. */
    private transient List<OpenPGPCertificate> certificates;

    private PgpKeys(String armored) {
        this.armored = armored;
    }

    /**
     * @param where the file and the line at which they begin
     * @param armored blocks of {@code gpg --armor --export}
     * @throws BadInputException if they are none
     */
    static PgpKeys parse(String where, String armored) throws BadInputException {
        PgpKeys keys = new PgpKeys(armored);
        try {
            keys.certificates();
            return keys;
        } catch (RuntimeException e) {
            throw new BadInputException(
                    where + " is not an OpenPGP public key", "write what gpg --armor --export prints");
        }
    }

    private static List<OpenPGPCertificate> read(String armored) throws IOException, PGPException {
        OpenPGPKeyReader reader = new OpenPGPKeyReader(new BcOpenPGPImplementation());
        // A key that stands there twice is one, with all that is said of it: a revocation most of all.
        Map<KeyIdentifier, OpenPGPCertificate> joined = new LinkedHashMap<>();
        for (OpenPGPCertificate each : reader.parseCertificates(armored.getBytes(StandardCharsets.US_ASCII))) {
            OpenPGPCertificate before = joined.get(each.getKeyIdentifier());
            joined.put(each.getKeyIdentifier(), before == null ? each : OpenPGPCertificate.join(before, each));
        }
        if (joined.isEmpty()) {
            throw new IOException("no key");
        }
        return List.copyOf(joined.values());
    }

    int size() {
        return certificates().size();
    }

    /** The keys, or subkeys of them, by which a signature says that it was made. */
    List<OpenPGPComponentKey> issuers(PGPSignature signature) {
        List<OpenPGPComponentKey> issuers = new ArrayList<>();
        for (OpenPGPCertificate certificate : certificates()) {
            OpenPGPComponentKey key = certificate.getSigningKeyFor(signature);
            if (key != null) {
                issuers.add(key);
            }
        }
        return issuers;
    }

    private synchronized List<OpenPGPCertificate> certificates() {
        if (certificates == null) {
            try {
                certificates = read(armored);
            } catch (IOException | PGPException e) {
                throw new IllegalArgumentException("no OpenPGP public key", e);
            }
        }
        return certificates;
    }
}
