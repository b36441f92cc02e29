/**
 * The cheap question whether somebody has laid hands on an app's objects since its last sync, answered from metadata alone.
 * Uses {@code plan}, {@code inventory} and {@code cluster}.
 */
package io.jenkins.plugins.gitops.engine.probe;
