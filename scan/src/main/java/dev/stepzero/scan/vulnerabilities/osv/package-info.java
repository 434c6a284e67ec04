/** Advisories in the format of OSV, read from JSON of any origin. */
@NullMarked
package dev.stepzero.scan.vulnerabilities.osv;

import org.jspecify.annotations.NullMarked;
