package io.dynamocart.store.merkle;

import io.dynamocart.store.version.Key;

/** What a node says that it holds under a key. */
public record KeyDigest(Key key, Digest digest) {}
