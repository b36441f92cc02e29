package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;
import io.jenkins.plugins.gitops.engine.manifest.SecretMask;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import io.jenkins.plugins.gitops.engine.problem.SourceLocation;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a person's words, with file and line, why the server refused an object. */
public final class DryRunErrors {

    /** Server-side apply: {@code .spec.replcas: field not declared in schema}. */
    private static final Pattern UNDECLARED = Pattern.compile("(\\.[^\\s:]+): field not declared in schema");

    /** Strict decoding: {@code unknown field "spec.replcas"}. */
    private static final Pattern UNKNOWN = Pattern.compile("unknown field \"([^\"]+)\"");

    /** Typed conversion: {@code .spec.replicas: expected numeric (int or float), got string}. */
    private static final Pattern MISTYPED = Pattern.compile("(\\.[^\\s:]+): (expected [^\\n]+)");

    private final BiFunction<Manifest, String, SourceLocation> locator;

    /** @param locator finds the line of a field path of a manifest, or of the nearest thing above it */
    public DryRunErrors(BiFunction<Manifest, String, SourceLocation> locator) {
        this.locator = locator;
    }

    public Problem problem(Target target, ApiException error) {
        String name = target.id().toString();
        String message =
                SecretMask.redacted(error.getMessage(), target.manifest().json());
        if (error.code() == 403) {
            return at(target, "", name + ": " + message, "give the credential that right, or remove the object");
        }
        if (error.isConflict()) {
            return at(
                    target,
                    field(error),
                    name + ": " + oneLine(message),
                    "let one manager own the field, or sync with conflicts: force");
        }
        String field = field(error);
        if (field.isEmpty()) {
            for (Pattern pattern : new Pattern[] {UNDECLARED, UNKNOWN, MISTYPED}) {
                Matcher matcher = pattern.matcher(message);
                if (matcher.find()) {
                    field = matcher.group(1).startsWith(".") ? matcher.group(1).substring(1) : matcher.group(1);
                    String what = pattern == MISTYPED ? matcher.group(2) : "unknown field";
                    return at(target, field, name + ": " + field + ": " + what, "");
                }
            }
        }
        String advice = Immutability.isCauseOf(error)
                ? "the field cannot be changed on a live object: change it back, or let the object be deleted and made"
                        + " again: annotate it with gitops.jenkins.io/force: enabled"
                : "";
        return at(target, field, name + ": " + oneLine(message), advice);
    }

    private static String field(ApiException error) {
        return error.causes().stream()
                .map(ApiException.Cause::field)
                .filter(field -> !field.isEmpty() && !field.startsWith("<"))
                .findFirst()
                .map(field -> field.startsWith(".") ? field.substring(1) : field)
                .orElse("");
    }

    private Problem at(Target target, String field, String message, String advice) {
        Manifest manifest = target.manifest();
        SourceLocation location = field.isEmpty() ? manifest.location() : locator.apply(manifest, field);
        return Problem.error(location, message, advice);
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\n\\s*", " ").trim();
    }
}
