/**
 * Programs of others: finds them, and runs them in a scratch folder within bounds of time, memory and output, without
 * the environment of whoever runs us. Uses {@code problem} and {@code disk}.
 */
package io.jenkins.plugins.gitops.engine.tool;
