package io.jenkins.plugins.gitops.engine.source;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Reads the binary form of SSH keys and signatures (RFC 4251, section 5). */
final class SshWire {
    private final ByteBuffer bytes;

    SshWire(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    byte[] string() throws GeneralSecurityException {
        int length = number();
        if (length < 0 || length > bytes.remaining()) {
            throw new GeneralSecurityException("cut short");
        }
        return raw(length);
    }

    String text() throws GeneralSecurityException {
        return new String(string(), StandardCharsets.US_ASCII);
    }

    BigInteger integer() throws GeneralSecurityException {
        byte[] value = string();
        return value.length == 0 ? BigInteger.ZERO : new BigInteger(value);
    }

    int number() throws GeneralSecurityException {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw new GeneralSecurityException("cut short", e);
        }
    }

    byte[] raw(int length) throws GeneralSecurityException {
        try {
            byte[] value = new byte[length];
            bytes.get(value);
            return value;
        } catch (BufferUnderflowException e) {
            throw new GeneralSecurityException("cut short", e);
        }
    }

    byte[] rest() throws GeneralSecurityException {
        return raw(bytes.remaining());
    }

    /** What must not go on does not. */
    void end() throws GeneralSecurityException {
        if (bytes.hasRemaining()) {
            throw new GeneralSecurityException("too long");
        }
    }
}
