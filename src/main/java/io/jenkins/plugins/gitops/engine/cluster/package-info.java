/**
 * The API server as this engine needs it: who to talk to and with which credential, what kinds it serves, and the few
 * verbs on objects (list, get, apply, patch, delete). JSON goes in and out as Jackson trees, without a typed model.
 * Uses {@code manifest} and {@code problem}, OkHttp for HTTP and fabric8 for TLS.
 */
package io.jenkins.plugins.gitops.engine.cluster;
