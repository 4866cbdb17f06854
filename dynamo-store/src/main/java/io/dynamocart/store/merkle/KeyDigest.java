package io.dynamocart.store.merkle;

import io.dynamocart.store.version.Key;

/** A key, and the digest of what a node says that it holds under it. */
public record KeyDigest(Key key, Digest digest) {}
