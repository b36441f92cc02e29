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

/** The SSH keys whose signature makes a commit trusted. */
public final class TrustedSigners implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Signer> signers;

    private TrustedSigners(List<Signer> signers) {
        this.signers = List.copyOf(signers);
    }

    /**
     * A key and whose it is.
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
     * Reads public keys, one on a line: as {@code ssh-keygen} writes them into a {@code .pub} file, or in the form of
     * Git's {@code gpg.ssh.allowedSignersFile}, whose {@code valid-after} and {@code valid-before} count.
     *
     * @param name of the file, for the message
     * @throws BadInputException if a line is neither, or there is no key
     */
    public static TrustedSigners parse(String name, String text) throws BadInputException {
        List<Signer> signers = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.strip();
            if (!content.isEmpty() && !content.startsWith("#")) {
                signers.add(signer(name + ":" + number, content));
            }
        }
        if (signers.isEmpty()) {
            throw new BadInputException(name + " holds no public key", "put the signers' SSH public keys there");
        }
        return new TrustedSigners(signers);
    }

    private static Signer signer(String where, String line) throws BadInputException {
        String[] words = line.split("\\s+");
        int type = 0;
        while (type < words.length && !SshKey.TYPES.contains(words[type])) {
            type++;
        }
        if (type + 1 >= words.length || type > 2) {
            throw new BadInputException(
                    where + " is not an SSH public key",
                    "write it as ssh-ed25519 AAAA... name; OpenPGP keys are not read");
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

    @Override
    public String toString() {
        return signers.size() + " trusted signers";
    }
}
