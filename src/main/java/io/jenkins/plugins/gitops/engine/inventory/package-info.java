/**
 * What belongs to an app: an ApplySet (KEP-3659) whose parent object also remembers what was last synced, so that drift
 * and pending can be told apart. Uses {@code cluster} and {@code manifest}.
 *
 * @see <a href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-cli/3659-kubectl-apply-prune">KEP-3659</a>
 */
package io.jenkins.plugins.gitops.engine.inventory;
