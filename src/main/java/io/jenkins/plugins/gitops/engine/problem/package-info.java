/**
 * What is wrong with the input, where, why and what to do about it: collected, so that a person sees every problem of a
 * run at once. Uses nothing else of the engine.
 */
package io.jenkins.plugins.gitops.engine.problem;
