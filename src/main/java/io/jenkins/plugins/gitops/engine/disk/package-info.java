/** Files and folders on this machine that only their owner may read. Uses nothing else of the engine. */
package io.jenkins.plugins.gitops.engine.disk;
