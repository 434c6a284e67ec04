package dev.stepzero.scan.packages;

/**
 * The operating system that an image is made of, as {@code /etc/os-release} names it.
 *
 * @param id such as {@code debian}, {@code alpine} or {@code rhel}
 * @param version such as {@code 12} or {@code 3.20}; empty where there is none, as in a rolling release
 * @param codename such as {@code bookworm}; empty where there is none
 */
public record Distribution(String id, String version, String codename) {}
