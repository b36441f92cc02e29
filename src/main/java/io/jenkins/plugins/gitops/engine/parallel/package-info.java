/** Doing things at the same time: the same to many items, or something ahead of its need. Uses nothing else of the engine. */
package io.jenkins.plugins.gitops.engine.parallel;
