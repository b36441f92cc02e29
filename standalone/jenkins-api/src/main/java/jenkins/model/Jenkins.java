package jenkins.model;

import hudson.model.Computer;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.security.AccessControlled;
import hudson.security.Permission;

public class Jenkins implements ItemGroup<TopLevelItem>, AccessControlled {
    public static final Permission ADMINISTER = null;

    Jenkins() {}

    public static Jenkins get() {
        throw new UnsupportedOperationException();
    }
    /** By the name of its node; {@code null} where there is none. */
    public Computer getComputer(String name) {
        throw new UnsupportedOperationException();
    }

    /** With a slash at its end; {@code null} where it is not configured. */
    public String getRootUrl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
