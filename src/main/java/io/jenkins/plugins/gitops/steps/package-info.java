/**
 * The Pipeline steps. A step holds its arguments and its form; its execution turns them into a request, has the engine
 * run in the node, and turns the report into a build's result. Uses every other package; none uses this one.
 */
package io.jenkins.plugins.gitops.steps;
