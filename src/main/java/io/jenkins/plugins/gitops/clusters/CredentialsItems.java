package io.jenkins.plugins.gitops.clusters;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * The credentials that a form offers. Who may not configure the item or use its credentials is told nothing but what
 * the form holds already.
 */
public final class CredentialsItems {

    private CredentialsItems() {}

    /**
     * @param item where the form is; {@code null} where it is in no item
     * @param type the kind of credentials
     * @param uri where they will be used; {@code null} where that is not known
     * @param current the value that the form holds
     */
    public static ListBoxModel list(Item item, Class<? extends StandardCredentials> type, String uri, String current) {
        return list(item, type, CredentialsMatchers.always(), uri, current);
    }

    /** Credentials of every kind that an API server takes. */
    public static ListBoxModel forCluster(Item item, String uri, String current) {
        return list(item, StandardCredentials.class, ClusterCredentials::fits, uri, current);
    }

    /** Credentials that can hold age keys. */
    public static ListBoxModel forAgeKeys(Item item, String current) {
        return list(item, StandardCredentials.class, JobAgeKeys::fits, null, current);
    }

    private static ListBoxModel list(
            Item item,
            Class<? extends StandardCredentials> type,
            CredentialsMatcher matcher,
            String uri,
            String current) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!mayList(item)) {
            items.includeCurrentValue(current);
            return items;
        }
        items.includeEmptyValue();
        var requirements = URIRequirementBuilder.fromUri(uri == null ? "" : uri).build();
        if (item == null) {
            items.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), type, requirements, matcher);
        } else {
            items.includeMatchingAs(identity(item), item, type, requirements, matcher);
        }
        items.includeCurrentValue(current);
        return items;
    }

    /** A warning where the item cannot use a credential of this kind and id; nothing to who may not see them. */
    public static FormValidation check(Item item, Class<? extends IdCredentials> type, String uri, String id) {
        if (item == null || id == null || id.isBlank() || !mayList(item)) {
            return FormValidation.ok();
        }
        var requirements = URIRequirementBuilder.fromUri(uri == null ? "" : uri).build();
        boolean known =
                CredentialsProvider.findCredentialByIdInItem(id, type, item, identity(item), requirements) != null;
        return known ? FormValidation.ok() : FormValidation.warning(Messages.CredentialsItems_unknown(id));
    }

    /** As a build of the item would run. */
    private static Authentication identity(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    /** Whether the current user may see which credentials and clusters an item may use. */
    public static boolean mayList(Item item) {
        if (item == null) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        }
        return item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
