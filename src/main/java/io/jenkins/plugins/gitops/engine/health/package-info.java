/** Is it rolled out? One rule per kind: a live object in, a verdict and the reason out. Asks no cluster. */
package io.jenkins.plugins.gitops.engine.health;
