package io.jenkins.plugins.gitops.engine.sops;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Secret keys of age. Never printed. */
public final class AgeKeys implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No key: what is encrypted stays a problem. */
    public static final AgeKeys NONE = new AgeKeys(List.of());

    private static final String PREFIX = "AGE-SECRET-KEY-1";
    private static final int DATA_KEY_BYTES = 32;

    /** Each as it is written. */
    private final List<String> identities;

    private AgeKeys(List<String> identities) {
        this.identities = List.copyOf(identities);
    }

    /**
     * Reads a key file as {@code age-keygen} writes it: one key on a line, and comments.
     *
     * @param name of the file, for the message
     * @throws BadInputException if there is no key in it, or something else; the message holds nothing of it
     */
    public static AgeKeys parse(String name, String text) throws BadInputException {
        List<String> identities = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            try {
                if (!content.startsWith(PREFIX)) {
                    throw new GeneralSecurityException("another kind of key");
                }
                reader(content);
                identities.add(content);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // The cause may hold what was written there.
                throw new BadInputException(
                        "line " + number + " of " + name + " is not an age key (" + PREFIX + "...)",
                        "give the secret key that age-keygen writes; keys for SSH, plugins and post-quantum recipients"
                                + " are not read");
            }
        }
        if (identities.isEmpty()) {
            throw new BadInputException(name + " holds no age key", "make one with age-keygen");
        }
        return new AgeKeys(identities);
    }

    private static RecipientStanzaReader reader(String identity) throws GeneralSecurityException {
        return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
    }

    public boolean isEmpty() {
        return identities.isEmpty();
    }

    /** The data key of a file; {@code null} where it was encrypted for none of these keys. */
    byte[] decrypt(String armored) {
        for (String identity : identities) {
            byte[] encrypted = armored.getBytes(StandardCharsets.US_ASCII);
            try (ReadableByteChannel channel = new ArmoredDecryptingChannelFactory()
                    .newDecryptingChannel(
                            Channels.newChannel(new ByteArrayInputStream(encrypted)), List.of(reader(identity)))) {
                byte[] key = Channels.newInputStream(channel).readNBytes(DATA_KEY_BYTES + 1);
                if (key.length == DATA_KEY_BYTES) {
                    return key;
                }
            } catch (GeneralSecurityException | IOException | RuntimeException e) {
                // For another key, or damaged: the next one may fit.
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return identities.size() + " age keys";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AgeKeys keys && identities.equals(keys.identities);
    }

    @Override
    public int hashCode() {
        return identities.hashCode();
    }
}
