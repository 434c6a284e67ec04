/** What a server does by itself, beside answering requests. */
@NullMarked
package dev.stepzero.server.work;

import org.jspecify.annotations.NullMarked;
