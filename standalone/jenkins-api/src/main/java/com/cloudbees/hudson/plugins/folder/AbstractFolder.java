package com.cloudbees.hudson.plugins.folder;

import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.util.DescribableList;

/** A folder, or what is one: a multibranch project too. */
public abstract class AbstractFolder<I extends TopLevelItem> implements TopLevelItem, ItemGroup<I> {
    AbstractFolder() {}

    public DescribableList<AbstractFolderProperty<?>, AbstractFolderPropertyDescriptor> getProperties() {
        throw new UnsupportedOperationException();
    }
}
