package io.jenkins.plugins.gitops.engine.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code isSorted}, {@code sum}, {@code min}, {@code max}, {@code indexOf}, {@code lastIndexOf}, {@code lists.range}. */
final class ListFunctions {

    private static final CelType ITEM = TypeParamType.create("T");
    private static final CelType ITEMS = ListType.create(ITEM);

    private ListFunctions() {}

    static void addTo(Functions functions) {
        functions.member("isSorted", "list_is_sorted", SimpleType.BOOL, ITEMS, List.class, ListFunctions::isSorted);
        functions.member("sum", "list_sum", ITEM, ITEMS, List.class, ListFunctions::sum);
        functions.member("min", "list_min", ITEM, ITEMS, List.class, list -> extreme("min", list, -1));
        functions.member("max", "list_max", ITEM, ITEMS, List.class, list -> extreme("max", list, 1));
        functions.member(
                "indexOf",
                "list_a_index_of_int",
                SimpleType.INT,
                List.of(ITEMS, ITEM),
                List.class,
                Object.class,
                (list, item) -> (long) indexOf(list, item));
        functions.member(
                "lastIndexOf",
                "list_a_last_index_of_int",
                SimpleType.INT,
                List.of(ITEMS, ITEM),
                List.class,
                Object.class,
                (list, item) -> (long) lastIndexOf(list, item));
        functions.global(
                "lists.range",
                "lists_range",
                ListType.create(SimpleType.INT),
                SimpleType.INT,
                Long.class,
                ListFunctions::range);
    }

    private static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(String function, List<?> list, int sign) {
        if (list.isEmpty()) {
            throw Functions.failure(function + " called on empty list");
        }
        Object found = list.get(0);
        for (Object item : list) {
            if (compare(item, found) * sign > 0) {
                found = item;
            }
        }
        return found;
    }

    private static Object sum(List<?> list) {
        Object sum = 0L;
        boolean first = true;
        for (Object item : list) {
            sum = first ? item : plus(sum, item);
            first = false;
        }
        return sum;
    }

    private static Object plus(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            try {
                return Math.addExact(x, y);
            } catch (ArithmeticException e) {
                throw Functions.failure("integer overflow");
            }
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x + y;
        }
        if (a instanceof UnsignedLong x && b instanceof UnsignedLong y) {
            return x.plus(y);
        }
        if (a instanceof Duration x && b instanceof Duration y) {
            return x.plus(y);
        }
        throw Functions.failure("no such overload: sum of what is not a number");
    }

    private static int compare(Object a, Object b) {
        if (a instanceof CelByteString x && b instanceof CelByteString y) {
            return Arrays.compareUnsigned(x.toByteArray(), y.toByteArray());
        }
        if (a instanceof Number x && b instanceof Number y && x.getClass() != y.getClass()) {
            return Double.compare(x.doubleValue(), y.doubleValue());
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x.compareTo(y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x.compareTo(y);
        }
        if (a instanceof UnsignedLong x && b instanceof UnsignedLong y) {
            return x.compareTo(y);
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x.compareTo(y);
        }
        if (a instanceof Duration x && b instanceof Duration y) {
            return x.compareTo(y);
        }
        if (a instanceof Instant x && b instanceof Instant y) {
            return x.compareTo(y);
        }
        throw Functions.failure("no such overload: comparison of different or unordered types");
    }

    private static int indexOf(List<?> list, Object item) {
        for (int i = 0; i < list.size(); i++) {
            if (same(list.get(i), item)) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(List<?> list, Object item) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (same(list.get(i), item)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Object a, Object b) {
        return a instanceof Number && b instanceof Number ? compare(a, b) == 0 : a.equals(b);
    }

    private static List<Long> range(long end) {
        Budget.spend(Math.max(0, end));
        List<Long> list = new ArrayList<>();
        for (long i = 0; i < end; i++) {
            list.add(i);
        }
        return list;
    }
}
