package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;

/** {@code format.named("dns1123Label")} and {@code validate}. */
final class FormatFunctions {

    private static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");

    private FormatFunctions() {}

    static void addTo(Functions functions) {
        functions.global(
                "format.named",
                "format_named",
                OptionalType.create(FORMAT),
                SimpleType.STRING,
                String.class,
                NamedFormat::named);
        for (String name : NamedFormat.names()) {
            functions.declare(
                    "format." + name,
                    dev.cel.common.CelOverloadDecl.newGlobalOverload("format_" + name, FORMAT, List.of()));
            functions.bind(
                    "format." + name,
                    dev.cel.runtime.CelFunctionBinding.from("format_" + name, List.of(), args -> NamedFormat.named(name)
                            .orElseThrow()));
        }
        functions.member(
                "validate",
                "format_validate",
                OptionalType.create(ListType.create(SimpleType.STRING)),
                List.of(FORMAT, SimpleType.STRING),
                NamedFormat.class,
                String.class,
                FormatFunctions::validate);
    }

    private static Optional<List<String>> validate(NamedFormat format, String text) {
        List<String> errors = format.errors(text);
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors);
    }
}
