package hudson.model;

public class Queue {
    Queue() {}

    /** What can be in the queue; jobs are. */
    public interface Task extends ModelObject {}
}
