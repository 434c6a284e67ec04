/** Software bills of materials: inventories written as CycloneDX and SPDX documents, and read back. */
@NullMarked
package dev.stepzero.scan.sbom;

import org.jspecify.annotations.NullMarked;
