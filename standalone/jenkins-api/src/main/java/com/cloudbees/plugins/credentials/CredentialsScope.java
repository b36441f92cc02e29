package com.cloudbees.plugins.credentials;

import hudson.model.ModelObject;

/** Where a credential may be used. */
public enum CredentialsScope {
    /** By Jenkins itself, and by no job. */
    SYSTEM {
        @Override
        public boolean isVisible(ModelObject context) {
            throw new UnsupportedOperationException();
        }
    },
    GLOBAL {
        @Override
        public boolean isVisible(ModelObject context) {
            throw new UnsupportedOperationException();
        }
    },
    USER {
        @Override
        public boolean isVisible(ModelObject context) {
            throw new UnsupportedOperationException();
        }
    };

    public abstract boolean isVisible(ModelObject context);
}
