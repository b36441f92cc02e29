/**
 * Files encrypted by SOPS with age: verified and decrypted in memory. Uses {@code problem}, Jackson and Jagged; it reads
 * no file and knows nothing of a cluster.
 */
package io.jenkins.plugins.gitops.engine.sops;
