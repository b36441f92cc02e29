package io.jenkins.plugins.gitops.engine.cel;

import java.util.regex.Pattern;

/**
 * A range of addresses.
 *
 * @param address as written, bits behind the prefix included
 * @param bits the length of the prefix
 */
record Cidr(Address address, int bits) {

    private static final Pattern BITS = Pattern.compile("0|[1-9]\\d{0,2}");

    /** {@code null} where it is none. */
    static Cidr of(String text) {
        int slash = text.lastIndexOf('/');
        Address address = slash < 0 ? null : Address.of(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address == null || !BITS.matcher(length).matches()) {
            return null;
        }
        int bits = Integer.parseInt(length);
        return bits > address.bytes.length * 8 ? null : new Cidr(address, bits);
    }

    boolean contains(Address other) {
        return other.bytes.length == address.bytes.length
                && masked().address.equals(new Cidr(other, bits).masked().address);
    }

    boolean contains(Cidr other) {
        return bits <= other.bits && contains(other.address);
    }

    Cidr masked() {
        byte[] bytes = address.bytes.clone();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - 8 * i));
            bytes[i] &= (byte) (0xff << (8 - kept));
        }
        return new Cidr(new Address(bytes), bits);
    }

    @Override
    public String toString() {
        return address + "/" + bits;
    }
}
