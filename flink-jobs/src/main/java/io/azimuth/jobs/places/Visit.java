package io.azimuth.jobs.places;

/** How a vehicle comes back to a place: which way it faces and how far beside its first track. */
enum Visit {
    FIRST("first", 0, 0),
    SAME_WAY("same way", 0, 0),
    REVERSE("reverse", Math.PI, 0),
    BESIDE("4 m beside", 0, 4),
    REVERSE_BESIDE("reverse, 4 m beside", Math.PI, 4),
    ACROSS("turned by 100 degrees", Math.toRadians(100), 0);

    final String words;
    final double yawRad;
    final double leftM;

    Visit(String words, double yawRad, double leftM) {
        this.words = words;
        this.yawRad = yawRad;
        this.leftM = leftM;
    }
}
