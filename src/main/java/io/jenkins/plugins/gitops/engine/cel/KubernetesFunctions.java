package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelStringExtensions;
import java.util.EnumSet;
import java.util.Set;

/** What Kubernetes adds to standard CEL, and what of CEL's own extensions it has. */
final class KubernetesFunctions {

    /** But for those that {@link TextFunctions} bounds. */
    static final Set<CelStringExtensions.Function> STRINGS = EnumSet.complementOf(EnumSet.of(
            CelStringExtensions.Function.REPLACE,
            CelStringExtensions.Function.JOIN,
            CelStringExtensions.Function.QUOTE,
            // The server has it not.
            CelStringExtensions.Function.REVERSE));

    /** But for {@code range}, which {@link ListFunctions} bounds. */
    static final Set<CelListsExtensions.Function> LISTS =
            EnumSet.complementOf(EnumSet.of(CelListsExtensions.Function.RANGE));

    private KubernetesFunctions() {}

    static Functions all() {
        Functions functions = new Functions();
        BoundedStandard.addTo(functions);
        TextFunctions.addTo(functions);
        ListFunctions.addTo(functions);
        UrlFunctions.addTo(functions);
        AddressFunctions.addTo(functions);
        QuantityFunctions.addTo(functions);
        FormatFunctions.addTo(functions);
        SemverFunctions.addTo(functions);
        return functions;
    }
}
