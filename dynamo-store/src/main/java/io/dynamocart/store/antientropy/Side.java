package io.dynamocart.store.antientropy;

/** Whose copy is meant. */
public enum Side {
    OWN,
    PEER
}
