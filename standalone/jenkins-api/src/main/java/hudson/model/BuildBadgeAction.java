package hudson.model;

/** Shows an icon in the build history. */
public interface BuildBadgeAction extends Action {}
