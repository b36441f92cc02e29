/** Doing the same to many items, several at a time. Uses nothing else of the engine. */
package io.jenkins.plugins.gitops.engine.parallel;
