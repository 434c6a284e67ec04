/** What Rust packages are locked to: {@code Cargo.lock}, with {@code Cargo.toml} to tell what each is for. */
@NullMarked
package dev.stepzero.scan.packages.cargo;

import org.jspecify.annotations.NullMarked;
