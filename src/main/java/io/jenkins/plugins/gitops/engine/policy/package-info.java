/**
 * Policies as code: {@code ValidatingAdmissionPolicy} objects and their bindings, evaluated without a server and with
 * its verdicts. Uses {@code cel}, {@code schema} for the resources' names, {@code manifest} and {@code problem}.
 */
package io.jenkins.plugins.gitops.engine.policy;
