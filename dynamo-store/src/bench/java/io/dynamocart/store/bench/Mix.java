package io.dynamocart.store.bench;

/** What share of the operations are reads. */
enum Mix {
    READ(1.0),
    WRITE(0.0),
    HALF(0.5);

    private final double reads;

    Mix(double reads) {
        this.reads = reads;
    }

    double reads() {
        return reads;
    }
}
