/**
 * A plan that leaves the process, so that people can review it and a later sync does exactly that: written, sealed, read,
 * and held against what a new plan finds. Uses {@code report}, {@code plan} and {@code apply} (their value objects),
 * {@code manifest} and {@code problem}.
 */
package io.jenkins.plugins.gitops.engine.planfile;
