/** Files and folders on this machine: that only their owner may read, that appear whole. Uses nothing else of the engine. */
package io.jenkins.plugins.gitops.engine.disk;
