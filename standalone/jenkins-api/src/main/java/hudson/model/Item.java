package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

/** A job, folder or the like. */
public interface Item extends ModelObject, AccessControlled {
    Permission EXTENDED_READ = null;
    Permission CONFIGURE = null;

    ItemGroup<? extends Item> getParent();

    /** With the names of the folders in which it is: {@code folder/job}. */
    String getFullName();
}
