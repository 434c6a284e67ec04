package dev.stepzero.scan.yaml;

/** How scalars without quotes are understood. */
public enum Dialect {
    /** Only {@code true} and {@code false} are truth values; {@code 0644} is six hundred and forty-four. */
    YAML_1_2,
    /** {@code yes}, {@code no}, {@code on} and {@code off} are truth values too, and {@code 0644} is octal. */
    YAML_1_1
}
