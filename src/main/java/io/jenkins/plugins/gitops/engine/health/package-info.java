/**
 * Is it rolled out? One rule per kind, and the user's own in CEL: a live object in, a verdict and the reason out. Asks no
 * cluster; uses {@code cel}, {@code problem}, Jackson and, of {@code manifest}, identities and the reading of YAML.
 */
package io.jenkins.plugins.gitops.engine.health;
