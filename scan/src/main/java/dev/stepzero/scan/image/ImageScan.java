package dev.stepzero.scan.image;

import dev.stepzero.core.ScanReport;
import java.util.Optional;

/**
 * What came of scanning an image.
 *
 * @param files the file system that a container of it sees
 * @param base what it was built on, as far as it tells
 */
public record ImageScan(ScanReport report, ImageFiles files, Optional<BaseImage> base) {}
