package io.jenkins.plugins.gitops.engine.schema;

/**
 * What is wrong with one field of an object.
 *
 * @param path such as {@code spec.containers[0].image}; {@code ""} for the object
 * @param message with the path
 * @param advice what to do; may be empty
 */
public record Finding(String path, String message, String advice) {}
