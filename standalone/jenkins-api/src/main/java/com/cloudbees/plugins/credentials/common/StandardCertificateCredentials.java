package com.cloudbees.plugins.credentials.common;

/** "Certificate": PKCS#12, or PEM of a certificate and its key. */
public interface StandardCertificateCredentials extends StandardCredentials, CertificateCredentials {}
