package dev.stepzero.scan.code.java.value;

/** The constants that no Java object stands for. */
public enum Null {
    NULL
}
