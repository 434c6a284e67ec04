package dev.stepzero.scan.image;

import dev.stepzero.core.ScanReport;

/**
 * What came of scanning an image.
 *
 * @param files the file system that a container of it sees
 */
public record ImageScan(ScanReport report, ImageFiles files) {}
