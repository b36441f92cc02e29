/**
 * CEL, the expression language of Kubernetes: compiling and evaluating expressions over JSON trees, with the functions
 * that the API server has and bounds on what an expression may cost. Uses {@code dev.cel} and Jackson.
 */
package io.jenkins.plugins.gitops.engine.cel;
