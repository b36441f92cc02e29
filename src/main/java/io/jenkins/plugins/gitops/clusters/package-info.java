/**
 * Clusters as Jenkins knows them: from a credential of a job's context to the engine's {@code ClusterAccess}. Uses the
 * engine and the credentials plugins, and nothing of the steps, triggers and pages.
 */
package io.jenkins.plugins.gitops.clusters;
