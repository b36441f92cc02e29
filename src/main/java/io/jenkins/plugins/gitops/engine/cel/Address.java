package io.jenkins.plugins.gitops.engine.cel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address, without a zone, and no IPv4 address written as IPv6. */
final class Address {

    private static final Pattern V4_PART = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern V6_PART = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** 4 or 16. */
    final byte[] bytes;

    Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** {@code null} where it is none. */
    static Address of(String text) {
        byte[] bytes = text.indexOf(':') >= 0 ? v6(text) : v4(text);
        if (bytes == null) {
            return null;
        }
        Address address = new Address(bytes);
        return address.isMapped() ? null : address;
    }

    private static byte[] v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = V4_PART.matcher(parts[i]).matches() ? Integer.parseInt(parts[i]) : 256;
            if (value > 255) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private static byte[] v6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        List<Byte> head = gap < 0 ? groups(text) : groups(text.substring(0, gap));
        List<Byte> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int length = head.size() + tail.size();
        if (gap < 0 ? length != 16 : length > 14) {
            return null;
        }
        byte[] bytes = new byte[16];
        for (int i = 0; i < head.size(); i++) {
            bytes[i] = head.get(i);
        }
        for (int i = 0; i < tail.size(); i++) {
            bytes[16 - tail.size() + i] = tail.get(i);
        }
        return bytes;
    }

    private static List<Byte> groups(String text) {
        List<Byte> bytes = new ArrayList<>();
        if (text.isEmpty()) {
            return bytes;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] last = v4(parts[i]);
                if (last == null) {
                    return null;
                }
                for (byte b : last) {
                    bytes.add(b);
                }
            } else if (V6_PART.matcher(parts[i]).matches()) {
                int value = Integer.parseInt(parts[i], 16);
                bytes.add((byte) (value >> 8));
                bytes.add((byte) value);
            } else {
                return null;
            }
        }
        return bytes;
    }

    private boolean isMapped() {
        return bytes.length == 16 && allZero(0, 10) && bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
    }

    private boolean allZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    int family() {
        return bytes.length == 4 ? 4 : 6;
    }

    boolean isUnspecified() {
        return allZero(0, bytes.length);
    }

    boolean isLoopback() {
        return bytes.length == 4 ? bytes[0] == 127 : allZero(0, 15) && bytes[15] == 1;
    }

    boolean isLinkLocalMulticast() {
        return bytes.length == 4 ? at(0) == 224 && at(1) == 0 && at(2) == 0 : at(0) == 0xff && (at(1) & 0x0f) == 0x02;
    }

    boolean isLinkLocalUnicast() {
        return bytes.length == 4 ? at(0) == 169 && at(1) == 254 : at(0) == 0xfe && (at(1) & 0xc0) == 0x80;
    }

    boolean isGlobalUnicast() {
        boolean broadcast = bytes.length == 4 && Arrays.equals(bytes, new byte[] {-1, -1, -1, -1});
        boolean multicast = bytes.length == 4 ? (at(0) & 0xf0) == 0xe0 : at(0) == 0xff;
        return !broadcast && !isUnspecified() && !isLoopback() && !multicast && !isLinkLocalUnicast();
    }

    private int at(int index) {
        return bytes[index] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The canonical form: the longest run of two or more zero groups of an IPv6 address is left out. */
    @Override
    public String toString() {
        if (bytes.length == 4) {
            return at(0) + "." + at(1) + "." + at(2) + "." + at(3);
        }
        int begin = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && bytes[2 * end] == 0 && bytes[2 * end + 1] == 0) {
                end++;
            }
            if (end - i > length) {
                begin = i;
                length = end - i;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == begin) {
                out.append("::");
                i += length - 1;
            } else {
                out.append(out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(at(2 * i) << 8 | at(2 * i + 1)));
            }
        }
        return out.toString();
    }
}
