package io.dynamocart.app.localcluster;

/**
 * What an instance of the local cluster is doing: whether it runs, is stopped, or is between the two.
 */
public enum InstanceState {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED
}
