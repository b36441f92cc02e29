package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The SSH and OpenPGP keys whose signature makes a commit trusted. */
public final class TrustedSigners implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String BEGIN_PGP = "-----BEGIN PGP ";
    private static final String END_PGP = "-----END PGP ";
    private static final String PUBLIC = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    private final List<Signer> signers;

    /** {@code null} where there are none, so that the library is asked for only where it is needed. */
    private final PgpKeys pgpKeys;

    private TrustedSigners(List<Signer> signers, PgpKeys pgpKeys) {
        this.signers = List.copyOf(signers);
        this.pgpKeys = pgpKeys;
    }

    /**
     * An SSH key and whose it is.
     *
     * @param name what stands before or behind the key in the file
     * @param from the first moment at which its signatures count; {@code null} for any
     * @param until the first moment at which they do not any more; {@code null} for none
     */
    record Signer(String name, SshKey key, Instant from, Instant until) implements Serializable {
        boolean isValidAt(Instant time) {
            return (from == null || !time.isBefore(from)) && (until == null || time.isBefore(until));
        }
    }

    /**
     * Reads public keys. Of SSH, one on a line: as {@code ssh-keygen} writes them into a {@code .pub} file, or in the
     * form of Git's {@code gpg.ssh.allowedSignersFile}, whose {@code valid-after} and {@code valid-before} count. Of
     * OpenPGP, in blocks as {@code gpg --armor --export} writes them.
     *
     * @param name of the file, for the message
     * @throws BadInputException if something is neither, or there is no key
     */
    public static TrustedSigners parse(String name, String text) throws BadInputException {
        List<Signer> signers = new ArrayList<>();
        StringBuilder blocks = new StringBuilder();
        String firstBlock = null;
        boolean inBlock = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String where = name + ":" + number;
            String content = line.strip();
            if (content.startsWith(BEGIN_PGP)) {
                refuseOtherBlocks(where, content);
                firstBlock = firstBlock == null ? where : firstBlock;
                inBlock = true;
            }
            if (inBlock) {
                blocks.append(content).append('\n');
                inBlock = !content.startsWith(END_PGP);
            } else if (!content.isEmpty() && !content.startsWith("#")) {
                signers.add(signer(where, content));
            }
        }
        if (inBlock) {
            throw new BadInputException(
                    name + " ends in the middle of an OpenPGP key", "write all that gpg --armor --export prints");
        }
        if (signers.isEmpty() && firstBlock == null) {
            throw new BadInputException(name + " holds no public key", "put the signers' public keys there");
        }
        return new TrustedSigners(signers, firstBlock == null ? null : PgpKeys.parse(firstBlock, blocks.toString()));
    }

    private static void refuseOtherBlocks(String where, String begin) throws BadInputException {
        if (begin.contains("PRIVATE")) {
            throw new BadInputException(
                    where + " begins a private key, which belongs to nobody but its owner",
                    "write what gpg --armor --export prints");
        }
        if (!begin.equals(PUBLIC)) {
            throw new BadInputException(
                    where + " is not an OpenPGP public key", "write what gpg --armor --export prints");
        }
    }

    private static Signer signer(String where, String line) throws BadInputException {
        String[] words = line.split("\\s+");
        int type = 0;
        while (type < words.length && !SshKey.TYPES.contains(words[type])) {
            type++;
        }
        if (type + 1 >= words.length || type > 2) {
            throw new BadInputException(
                    where + " is not a public key",
                    "write it as ssh-ed25519 AAAA... name, or as gpg --armor --export prints it");
        }
        Instant from = null;
        Instant until = null;
        for (String option : type == 2 ? words[1].split(",") : new String[0]) {
            String value = option.substring(option.indexOf('=') + 1).replace("\"", "");
            if (option.startsWith("valid-after=")) {
                from = time(where, value);
            } else if (option.startsWith("valid-before=")) {
                until = time(where, value);
            } else if (!option.startsWith("namespaces=")
                    || !List.of(value.split(",")).contains("git")) {
                throw new BadInputException(
                        where + ": the option \"" + option + "\" is not known", "name single keys, for Git");
            }
        }
        try {
            byte[] blob = Base64.getDecoder().decode(words[type + 1]);
            String comment = String.join(" ", List.of(words).subList(type + 2, words.length));
            String signer = type > 0 ? words[0] : comment.isEmpty() ? "a key without a name" : comment;
            return new Signer(signer, new SshKey(blob), from, until);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(where + " is not an SSH public key", "write it as ssh-ed25519 AAAA... name");
        }
    }

    /** {@code YYYYMMDD[HHMM[SS]][Z]}, which we take in UTC. */
    private static Instant time(String where, String value) throws BadInputException {
        String digits = value.replace("Z", "");
        try {
            return LocalDateTime.parse(
                            (digits + "000000").substring(0, 14), DateTimeFormatter.ofPattern("uuuuMMddHHmmss"))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            throw new BadInputException(where + ": \"" + value + "\" is not a time", "write it as 20260131");
        }
    }

    Optional<Signer> find(byte[] publicKey) {
        return signers.stream().filter(signer -> signer.key().isSame(publicKey)).findFirst();
    }

    PgpKeys pgpKeys() {
        return pgpKeys;
    }

    @Override
    public String toString() {
        return signers.size() + (pgpKeys == null ? 0 : pgpKeys.size()) + " trusted signers";
    }
}
