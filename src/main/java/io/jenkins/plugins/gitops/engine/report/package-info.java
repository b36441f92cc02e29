/**
 * What a run found and did, as one value that leaves the process: JSON (the published schema), HTML, JUnit XML,
 * Markdown, and text for terminals and logs. The JSON is complete; every other form is made from the same value. Uses
 * the value objects of the other packages, and JGit to compare lines; never a cluster.
 */
package io.jenkins.plugins.gitops.engine.report;
