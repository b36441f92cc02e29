package hudson.tasks;

import hudson.ExtensionPoint;
import hudson.model.Describable;

/** A build step of a freestyle job. */
public abstract class Builder implements BuildStep, Describable<Builder>, ExtensionPoint {}
