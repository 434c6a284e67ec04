/** What the languages differ in: their grammars, how their trees become neutral ones, and how names are made known. */
@NullMarked
package dev.stepzero.scan.code.pattern.language;

import org.jspecify.annotations.NullMarked;
