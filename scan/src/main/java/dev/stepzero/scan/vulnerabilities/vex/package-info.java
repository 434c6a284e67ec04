/** Statements on whether a vulnerability matters to a product (VEX), read from OpenVEX and CycloneDX, and written. */
@NullMarked
package dev.stepzero.scan.vulnerabilities.vex;

import org.jspecify.annotations.NullMarked;
