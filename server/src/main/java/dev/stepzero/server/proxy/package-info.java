/** Proxies that stand before the server, and whom they speak for. */
@NullMarked
package dev.stepzero.server.proxy;

import org.jspecify.annotations.NullMarked;
