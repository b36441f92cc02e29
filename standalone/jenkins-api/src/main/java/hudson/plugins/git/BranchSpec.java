package hudson.plugins.git;

import hudson.model.AbstractDescribableImpl;

public class BranchSpec extends AbstractDescribableImpl<BranchSpec> {
    public BranchSpec(String name) {
        throw new UnsupportedOperationException();
    }
}
