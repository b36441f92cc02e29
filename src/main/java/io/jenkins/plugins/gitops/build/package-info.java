/**
 * What a build remembers and shows of its runs: a few numbers in the build itself, the reports as archived artifacts,
 * and the pages made of both. Uses the engine's reports, and neither steps nor clusters.
 */
package io.jenkins.plugins.gitops.build;
