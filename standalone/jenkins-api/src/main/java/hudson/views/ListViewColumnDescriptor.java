package hudson.views;

import hudson.model.Descriptor;

public abstract class ListViewColumnDescriptor extends Descriptor<ListViewColumn> {
    public ListViewColumnDescriptor() {}

    /** Whether new lists have it. */
    public boolean shownByDefault() {
        throw new UnsupportedOperationException();
    }
}
