package dev.stepzero.scan.code.java.value;

/** A place on the way of a value, and what happens to it there, as a clause. */
public record Step(Place place, String what) {}
