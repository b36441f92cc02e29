package jenkins.triggers;

import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.scm.PollingResult;

/** A job whose repositories can be polled. */
public interface SCMTriggerItem {
    PollingResult poll(TaskListener listener);

    class SCMTriggerItems {
        SCMTriggerItems() {}

        /** {@code null} where it is none. */
        public static SCMTriggerItem asSCMTriggerItem(Item item) {
            throw new UnsupportedOperationException();
        }
    }
}
