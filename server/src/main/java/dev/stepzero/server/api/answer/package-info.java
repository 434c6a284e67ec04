/** How the API's handlers are asked and how they answer: bodies and parameters as records, pages, and their limits. */
@NullMarked
package dev.stepzero.server.api.answer;

import org.jspecify.annotations.NullMarked;
