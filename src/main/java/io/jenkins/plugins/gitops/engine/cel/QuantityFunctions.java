package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;

/** {@code quantity}, {@code isQuantity} and what can be asked of a quantity. */
final class QuantityFunctions {

    private static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    private static final List<CelType> TWO = List.of(QUANTITY, QUANTITY);
    private static final List<CelType> AND_INT = List.of(QUANTITY, SimpleType.INT);

    private QuantityFunctions() {}

    static void addTo(Functions functions) {
        functions.global(
                "quantity", "string_to_quantity", QUANTITY, SimpleType.STRING, String.class, text -> Quantity.parse(
                                text)
                        .orElseThrow(() -> Functions.failure("quantities must match the regular expression"
                                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")));
        functions.global(
                "isQuantity",
                "is_quantity_string",
                SimpleType.BOOL,
                SimpleType.STRING,
                String.class,
                text -> Quantity.parse(text).isPresent());
        functions.member(
                "sign", "quantity_sign", SimpleType.INT, QUANTITY, Quantity.class, quantity -> (long) quantity.sign());
        functions.global("sign", "quantity_sign_of", SimpleType.INT, QUANTITY, Quantity.class, quantity ->
                (long) quantity.sign());
        functions.member(
                "isInteger",
                "quantity_is_integer",
                SimpleType.BOOL,
                QUANTITY,
                Quantity.class,
                quantity -> quantity.integer().isPresent());
        functions.member(
                "asInteger",
                "quantity_get_int",
                SimpleType.INT,
                QUANTITY,
                Quantity.class,
                quantity -> quantity.integer().orElseThrow(() -> Functions.failure("cannot convert value to integer")));
        functions.member(
                "asApproximateFloat",
                "quantity_get_float",
                SimpleType.DOUBLE,
                QUANTITY,
                Quantity.class,
                Quantity::approximate);
        functions.member(
                "isGreaterThan",
                "quantity_is_greater_than",
                SimpleType.BOOL,
                TWO,
                Quantity.class,
                Quantity.class,
                (a, b) -> a.compareTo(b) > 0);
        functions.member(
                "isLessThan",
                "quantity_is_less_than",
                SimpleType.BOOL,
                TWO,
                Quantity.class,
                Quantity.class,
                (a, b) -> a.compareTo(b) < 0);
        functions.member(
                "compareTo", "quantity_compare_to", SimpleType.INT, TWO, Quantity.class, Quantity.class, (a, b) ->
                        (long) a.compareTo(b));
        functions.member("add", "quantity_add", QUANTITY, TWO, Quantity.class, Quantity.class, Quantity::plus);
        functions.member(
                "add",
                "quantity_add_int",
                QUANTITY,
                AND_INT,
                Quantity.class,
                Long.class,
                (a, b) -> a.plus(Quantity.of(b)));
        functions.member("sub", "quantity_sub", QUANTITY, TWO, Quantity.class, Quantity.class, Quantity::minus);
        functions.member(
                "sub",
                "quantity_sub_int",
                QUANTITY,
                AND_INT,
                Quantity.class,
                Long.class,
                (a, b) -> a.minus(Quantity.of(b)));
    }
}
