package io.jenkins.plugins.gitops.clusters;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A cluster that jobs name: where it is, and the credential that is used there and nowhere else. Defined for all of
 * Jenkins or for a folder.
 */
public final class Cluster extends AbstractDescribableImpl<Cluster> {

    private static final Pattern SEPARATOR = Pattern.compile("[\\n,]");

    private final String name;
    private String serverUrl;
    private String caCertificate;
    private String credentialsId;
    private String namespace;
    private String allowedItems;

    /** @param name by which jobs name it */
    @DataBoundConstructor
    public Cluster(String name) {
        this.name = Util.fixNull(name).trim();
    }

    public String getName() {
        return name;
    }

    /** The API server's URL; {@code null} for that of the credential's kubeconfig. */
    public String getServerUrl() {
        return serverUrl;
    }

    @DataBoundSetter
    public void setServerUrl(String serverUrl) {
        this.serverUrl = Util.fixEmptyAndTrim(serverUrl);
    }

    /** PEM of the certificate authorities to trust; {@code null} for those that Java trusts. */
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** A credential that is kept where the cluster is defined, or above. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** For objects that name none, and home of the inventories, unless a job names another. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** Full names of the folders and jobs that may use it, one a line; {@code null} for all. */
    public String getAllowedItems() {
        return allowedItems;
    }

    @DataBoundSetter
    public void setAllowedItems(String allowedItems) {
        this.allowedItems = Util.fixEmptyAndTrim(allowedItems);
    }

    /** Whether an item is one of those that may use it, or is inside one. */
    boolean allows(String fullName) {
        return allowedItems == null
                || SEPARATOR
                        .splitAsStream(allowedItems)
                        .map(String::trim)
                        .filter(allowed -> !allowed.isEmpty())
                        .anyMatch(allowed -> matches(allowed, fullName));
    }

    /** {@code *} stands for any part of one name, and a name for everything inside it. */
    private static boolean matches(String allowed, String fullName) {
        String[] parts = allowed.split("\\*", -1);
        StringBuilder pattern = new StringBuilder(Pattern.quote(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            pattern.append("[^/]*").append(Pattern.quote(parts[i]));
        }
        return Pattern.matches(pattern + "(/.*)?", fullName);
    }

    /** The form of a cluster, in Jenkins' configuration and in a folder's. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<Cluster> {

        @Override
        public String getDisplayName() {
            return Messages.Cluster_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FormValidation.validateRequired(value);
        }

        @POST
        public FormValidation doCheckServerUrl(@QueryParameter String value) {
            return ServerUrl.check(value);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String serverUrl, @QueryParameter String credentialsId) {
            return CredentialsItems.forCluster(item, serverUrl, credentialsId);
        }

        /** Asks the cluster for its version, who the credential is, and what it may not do. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String name,
                @QueryParameter String serverUrl,
                @QueryParameter String caCertificate,
                @QueryParameter String credentialsId,
                @QueryParameter String namespace) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            } else {
                item.checkPermission(Item.CONFIGURE);
            }
            Cluster cluster = new Cluster(name);
            cluster.setServerUrl(serverUrl);
            cluster.setCaCertificate(caCertificate);
            cluster.setCredentialsId(credentialsId);
            cluster.setNamespace(namespace);
            ItemGroup<?> owner =
                    item instanceof ItemGroup<?> folder ? folder : item == null ? Jenkins.get() : item.getParent();
            return ConnectionCheck.of(new DefinedCluster(owner, cluster));
        }
    }
}
