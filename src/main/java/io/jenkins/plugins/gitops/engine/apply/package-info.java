/**
 * Carries a plan out: wave by wave and in stages, several objects at a time, with hooks, waiting where order or health asks
 * for it, and pruning last.
 * The only package that writes to a cluster, but for the inventory. Uses {@code plan}, {@code cluster}, {@code health}
 * and {@code progress}.
 */
package io.jenkins.plugins.gitops.engine.apply;
