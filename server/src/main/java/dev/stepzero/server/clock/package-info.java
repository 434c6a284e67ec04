/** What time it is, whatever somebody does to the machine's clock. */
@NullMarked
package dev.stepzero.server.clock;

import org.jspecify.annotations.NullMarked;
