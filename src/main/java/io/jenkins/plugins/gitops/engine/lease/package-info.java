/**
 * Keeps two syncs of one app apart: whoever writes holds the app's {@code Lease}. Uses {@code cluster}, {@code inventory}
 * and {@code progress}.
 */
package io.jenkins.plugins.gitops.engine.lease;
