/**
 * The engine in a build's node: what crosses the remoting channel, in both directions, as plain data. Uses the engine
 * and Jenkins' remoting, and nothing of the steps.
 */
package io.jenkins.plugins.gitops.agent;
