/**
 * Is it rolled out? One rule per kind: a live object in, a verdict and the reason out. Asks no cluster; uses Jackson and,
 * of {@code manifest}, the identity of an object.
 */
package io.jenkins.plugins.gitops.engine.health;
