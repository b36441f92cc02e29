/**
 * A cheap look at an app's objects, by metadata alone, to tell whether anything may have moved since an earlier look. Uses
 * {@code inventory} and {@code cluster}.
 */
package io.jenkins.plugins.gitops.engine.probe;
