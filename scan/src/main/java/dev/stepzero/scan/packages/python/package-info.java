/** Python: requirements files, the lockfiles of Poetry, uv, PDM, Pipenv and pip, and {@code pyproject.toml}. */
@NullMarked
package dev.stepzero.scan.packages.python;

import org.jspecify.annotations.NullMarked;
