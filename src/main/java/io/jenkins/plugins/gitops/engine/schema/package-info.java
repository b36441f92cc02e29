/**
 * What the API server knows of the kinds it serves, without a server: schemas, shipped, pulled from a cluster, or of
 * custom resource definitions; and objects held against them. Uses {@code manifest}, {@code cel}, {@code cluster} for
 * pulling, and re2j.
 */
package io.jenkins.plugins.gitops.engine.schema;
