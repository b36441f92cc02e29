package hudson.triggers;

import hudson.model.Item;
import hudson.util.FormValidation;

public class TimerTrigger {
    TimerTrigger() {}

    public static class DescriptorImpl extends TriggerDescriptor {
        @Override
        public boolean isApplicable(Item item) {
            throw new UnsupportedOperationException();
        }

        /** What is wrong with a schedule, and when it will be due. */
        public FormValidation doCheckSpec(String value, Item item) {
            throw new UnsupportedOperationException();
        }
    }
}
