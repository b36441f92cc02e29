package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

/** A job, folder or the like. */
public interface Item extends ModelObject, AccessControlled {
    Permission EXTENDED_READ = null;
}
