package jenkins.security;

/** A key that only this controller has, made when it is first used. */
public class HMACConfidentialKey {
    public HMACConfidentialKey(@SuppressWarnings("rawtypes") Class owner, String shortName) {
        throw new UnsupportedOperationException();
    }

    public byte[] mac(byte[] message) {
        throw new UnsupportedOperationException();
    }
}
