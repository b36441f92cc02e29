/**
 * The periodic trigger: asks what the last build asked, cheaply, and starts a build only where the branch has moved or the
 * cluster has drifted. Uses {@code build}, {@code clusters}, {@code agent} and the engine; none uses this one.
 */
package io.jenkins.plugins.gitops.trigger;
