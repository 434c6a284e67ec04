/** The API's document: OpenAPI 3.1, made of its handlers, its records and the matrix. */
@NullMarked
package dev.stepzero.server.api.openapi;

import org.jspecify.annotations.NullMarked;
