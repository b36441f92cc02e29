package com.cloudbees.plugins.credentials.common;

/** "Username with password". */
public interface StandardUsernamePasswordCredentials extends StandardUsernameCredentials, UsernamePasswordCredentials {}
