/** The shapes of what the API takes and gives: records, read strictly and described as JSON Schema by the same rules. */
@NullMarked
package dev.stepzero.server.api.shape;

import org.jspecify.annotations.NullMarked;
