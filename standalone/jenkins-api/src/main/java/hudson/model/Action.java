package hudson.model;

/** A page of a build or job, with a link in its side panel. */
public interface Action extends ModelObject {
    String getIconFileName();

    @Override
    String getDisplayName();

    String getUrlName();
}
