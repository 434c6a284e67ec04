package dev.stepzero.scan.tree;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/**
 * Why a file cannot be read or written, in words. Java's own message is often nothing but the path, and one that differs on every
 * machine: it would make another finding on each.
 */
public final class FileFailure {
    private FileFailure() {}

    /** The reason, to stand behind {@code it cannot be read:}. */
    public static String reason(Exception problem) {
        return switch (problem) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "it is gone";
            case FileSystemLoopException _ -> "it leads back to itself";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(problem.getMessage());
        };
    }
}
