package io.dynamocart.app.localcluster;

/** What an instance of the local cluster is at. */
public enum InstanceState {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED
}
