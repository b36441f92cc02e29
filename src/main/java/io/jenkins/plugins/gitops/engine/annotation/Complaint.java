package io.jenkins.plugins.gitops.engine.annotation;

/**
 * Something that an annotation asks for and that a sync does not do.
 *
 * @param annotation its key
 * @param error whether a sync would do something else than what is meant, so that it must not begin
 */
public record Complaint(String annotation, boolean error, String message, String advice) {

    static Complaint warning(String annotation, String message, String advice) {
        return new Complaint(annotation, false, message, advice);
    }

    static Complaint error(String annotation, String message, String advice) {
        return new Complaint(annotation, true, message, advice);
    }
}
