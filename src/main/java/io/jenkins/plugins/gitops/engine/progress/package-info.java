/** How a run tells what it is doing while it does it; a terminal and a Jenkins build log are two listeners. */
package io.jenkins.plugins.gitops.engine.progress;
