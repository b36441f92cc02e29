package hudson.model;

public class Queue {
    Queue() {}

    public abstract static class Item {
        Item() {}
    }

    /** What can be in the queue; jobs are. */
    public interface Task extends ModelObject {}

    /** What runs a task; builds are. */
    public interface Executable extends Runnable {}
}
