/** JavaScript: the lockfiles of npm, Yarn, pnpm and Bun, and the {@code package.json} files that ask for what is in them. */
@NullMarked
package dev.stepzero.scan.packages.npm;

import org.jspecify.annotations.NullMarked;
