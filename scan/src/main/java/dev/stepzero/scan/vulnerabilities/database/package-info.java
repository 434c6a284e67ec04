/** The advisories on this machine: imported from files in OSV's layout, looked up by package without loading them. */
@NullMarked
package dev.stepzero.scan.vulnerabilities.database;

import org.jspecify.annotations.NullMarked;
