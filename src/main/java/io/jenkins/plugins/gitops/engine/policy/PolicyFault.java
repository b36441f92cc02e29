package io.jenkins.plugins.gitops.engine.policy;

import io.jenkins.plugins.gitops.engine.cel.CelException;
import io.jenkins.plugins.gitops.engine.manifest.Manifest;

/**
 * An expression of a policy that cannot be compiled, or not without a cluster.
 *
 * @param path of the expression in the policy
 */
public record PolicyFault(Manifest policy, String path, CelException failure) {}
