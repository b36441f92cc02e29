package hudson.scm;

import hudson.model.Describable;

public abstract class SCM implements Describable<SCM> {}
