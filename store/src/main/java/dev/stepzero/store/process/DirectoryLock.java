package dev.stepzero.store.process;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps every other thread and process that asks for the same directory waiting. The operating system gives it back
 * when the process dies. Within a thread it may be taken again only after it was closed.
 */
public final class DirectoryLock implements AutoCloseable {
    // The system's file locks belong to the whole process, so what keeps its threads apart must be process-wide too.
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();
    private static final String FILE = ".lock";

    private final ReentrantLock threads;
    private final FileChannel channel;

    private DirectoryLock(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /**
     * Waits until the directory, which must exist, is ours.
     *
     * @throws UserError if nothing can be written there
     * @throws InterruptedException if the waiting was cancelled
     */
    public static DirectoryLock take(Path directory) throws InterruptedException {
        try {
            return take(directory, THREADS.computeIfAbsent(directory.toRealPath(), key -> new ReentrantLock()));
        } catch (IOException e) {
            throw UserError.engine("cannot lock the directory: " + e)
                    .at(directory.toString())
                    .fix("let the user who runs stepzero own the directory and write to it")
                    .because(e);
        }
    }

    private static DirectoryLock take(Path directory, ReentrantLock threads) throws IOException, InterruptedException {
        threads.lockInterruptibly();
        try {
            var channel =
                    FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                channel.lock();
                return new DirectoryLock(threads, channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (FileLockInterruptionException e) {
            threads.unlock();
            Thread.interrupted();
            throw new InterruptedException("interrupted while waiting for " + directory);
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.unlock();
        }
    }
}
