/** What other tools found, as findings of ours: reads SARIF 2.1.0 (OASIS, errata 01). */
@NullMarked
package dev.stepzero.scan.sarif;

import org.jspecify.annotations.NullMarked;
