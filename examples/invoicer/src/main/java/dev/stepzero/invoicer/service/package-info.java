/** What an operator asks: is it alive, and which build is it? */
@NullMarked
package dev.stepzero.invoicer.service;

import org.jspecify.annotations.NullMarked;
