/**
 * Reports as checks of the commit that was built, for GitHub and the like, where the plugin checks-api is installed.
 * Uses {@code build} and the engine's reports.
 */
package io.jenkins.plugins.gitops.checks;
