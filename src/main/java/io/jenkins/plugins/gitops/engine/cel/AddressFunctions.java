package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload;
import java.util.List;

/** {@code ip}, {@code cidr} and what can be asked of them. */
final class AddressFunctions {

    private static final CelType IP = OpaqueType.create("net.IP");
    private static final CelType CIDR = OpaqueType.create("net.CIDR");

    private AddressFunctions() {}

    static void addTo(Functions functions) {
        functions.global("ip", "string_to_ip", IP, SimpleType.STRING, String.class, AddressFunctions::ip);
        functions.global("isIP", "is_ip", SimpleType.BOOL, SimpleType.STRING, String.class, s -> Address.of(s) != null);
        functions.global(
                "ip.isCanonical",
                "ip_is_canonical",
                SimpleType.BOOL,
                SimpleType.STRING,
                String.class,
                s -> ip(s).toString().equals(s));
        functions.global("string", "ip_to_string", SimpleType.STRING, IP, Address.class, Address::toString);
        functions.member("family", "ip_family", SimpleType.INT, IP, Address.class, ip -> (long) ip.family());
        test(functions, "isUnspecified", "ip_is_unspecified", Address::isUnspecified);
        test(functions, "isLoopback", "ip_is_loopback", Address::isLoopback);
        test(functions, "isLinkLocalMulticast", "ip_is_link_local_multicast", Address::isLinkLocalMulticast);
        test(functions, "isLinkLocalUnicast", "ip_is_link_local_unicast", Address::isLinkLocalUnicast);
        test(functions, "isGlobalUnicast", "ip_is_global_unicast", Address::isGlobalUnicast);

        functions.global("cidr", "string_to_cidr", CIDR, SimpleType.STRING, String.class, AddressFunctions::cidr);
        functions.global(
                "isCIDR", "is_cidr", SimpleType.BOOL, SimpleType.STRING, String.class, s -> Cidr.of(s) != null);
        functions.global("string", "cidr_to_string", SimpleType.STRING, CIDR, Cidr.class, Cidr::toString);
        functions.member("ip", "cidr_ip", IP, CIDR, Cidr.class, Cidr::address);
        functions.member("masked", "cidr_masked", CIDR, CIDR, Cidr.class, Cidr::masked);
        functions.member(
                "prefixLength", "cidr_prefix_length", SimpleType.INT, CIDR, Cidr.class, cidr -> (long) cidr.bits());
        functions.member(
                "containsIP",
                "cidr_contains_ip_string",
                SimpleType.BOOL,
                List.of(CIDR, SimpleType.STRING),
                Cidr.class,
                String.class,
                (cidr, text) -> cidr.contains(ip(text)));
        functions.member(
                "containsIP",
                "cidr_contains_ip_ip",
                SimpleType.BOOL,
                List.of(CIDR, IP),
                Cidr.class,
                Address.class,
                Cidr::contains);
        functions.member(
                "containsCIDR",
                "cidr_contains_cidr_string",
                SimpleType.BOOL,
                List.of(CIDR, SimpleType.STRING),
                Cidr.class,
                String.class,
                (cidr, text) -> cidr.contains(cidr(text)));
        functions.member(
                "containsCIDR",
                "cidr_contains_cidr",
                SimpleType.BOOL,
                List.of(CIDR, CIDR),
                Cidr.class,
                Cidr.class,
                Cidr::contains);
    }

    private static void test(Functions functions, String name, String id, CelFunctionOverload.Unary<Address> body) {
        functions.member(name, id, SimpleType.BOOL, IP, Address.class, body);
    }

    private static Address ip(String text) {
        Address address = Address.of(text);
        if (address == null) {
            throw Functions.failure("IP Address \"" + text + "\" parse error during conversion from string");
        }
        return address;
    }

    private static Cidr cidr(String text) {
        Cidr cidr = Cidr.of(text);
        if (cidr == null) {
            throw Functions.failure("network address parse error during conversion from string: \"" + text + "\"");
        }
        return cidr;
    }
}
