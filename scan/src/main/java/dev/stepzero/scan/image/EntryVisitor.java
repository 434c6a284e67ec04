package dev.stepzero.scan.image;

import java.io.IOException;
import java.io.InputStream;

/** Looks at the entries of an image in the order in which they are stored. */
@FunctionalInterface
public interface EntryVisitor {

    /**
     * Sees one entry.
     *
     * @param content the bytes of a file, empty for any other kind; may be left unread, and is gone after the call
     * @throws IOException if the content cannot be read: the layer is broken
     */
    void visit(Entry entry, InputStream content) throws IOException, InterruptedException;
}
