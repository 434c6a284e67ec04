package dev.stepzero.scan.code.java.value;

/**
 * An instruction of the program.
 *
 * @param type the class, as the JVM writes it
 * @param method the method's name with its descriptor
 * @param line in the source file; 0 where the class does not say
 * @param index the instruction's number in its method
 */
public record Place(String type, String method, int line, int index) {}
