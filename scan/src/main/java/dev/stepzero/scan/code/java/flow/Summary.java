package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Check;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a method does with what it is given.
 *
 * @param result what it returns; {@link Value#NOTHING} where it never does
 * @param heap the things that exist then
 * @param after what became of each that it was given, where it returns
 * @param told what its truth tells about what it was given, by their numbers
 * @param pending what goes wrong if what it is given is what it should not be
 * @param stored what of outside it leaves in fields that others read
 * @param returns whether it ever does
 */
record Summary(
        Value result,
        Heap heap,
        List<Value> after,
        Optional<Check> told,
        List<Hit> pending,
        Map<String, Taint> stored,
        boolean returns) {}
