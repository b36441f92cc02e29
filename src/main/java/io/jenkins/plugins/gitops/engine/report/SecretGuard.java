package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import io.jenkins.plugins.gitops.engine.plan.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last line of defence before a value leaves the process. Whoever compares objects masks a Secret's values; should
 * one be missed, on this side of a wire or on the other, it is masked here, and no form of a report can show it.
 */
final class SecretGuard {
    private static final String MASK = "***";

    /** The payload, and the annotation in which client-side apply keeps a copy of it. */
    private static final Pattern SENSITIVE =
            Pattern.compile("(data|stringData)([.\\[].*)?|.*last-applied-configuration.*", Pattern.DOTALL);

    private SecretGuard() {}

    static List<FieldChange> masked(ObjectId id, List<FieldChange> fields) {
        if (!id.group().isEmpty() || !id.kind().equals("Secret")) {
            return List.copyOf(fields);
        }
        List<FieldChange> masked = new ArrayList<>();
        for (FieldChange field : fields) {
            masked.add(isSensitive(field) ? mask(field) : field);
        }
        return List.copyOf(masked);
    }

    private static boolean isSensitive(FieldChange field) {
        return SENSITIVE.matcher(field.path()).matches() || holdsCopy(field.live()) || holdsCopy(field.desired());
    }

    private static boolean holdsCopy(JsonNode value) {
        return value != null && value.isContainerNode() && value.toString().contains("last-applied-configuration");
    }

    private static FieldChange mask(FieldChange field) {
        boolean both = field.live() != null && field.desired() != null && !field.ownershipOnly();
        return new FieldChange(
                field.path(),
                mask(field.live(), both ? " (before)" : ""),
                mask(field.desired(), both ? " (after)" : ""),
                field.cause(),
                field.manager(),
                field.changedAt());
    }

    private static JsonNode mask(JsonNode value, String suffix) {
        if (value == null
                || value.isNull()
                || (value.isTextual() && value.textValue().startsWith(MASK))) {
            return value;
        }
        return TextNode.valueOf(MASK + suffix);
    }
}
