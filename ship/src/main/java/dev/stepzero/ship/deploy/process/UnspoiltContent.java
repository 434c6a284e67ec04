package dev.stepzero.ship.deploy.process;

import java.net.ConnectException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A client's body that a failed attempt to connect, which read nothing of it, leaves fit for the next attempt. */
final class UnspoiltContent implements Request.Content {
    private final Request.Content content;

    UnspoiltContent(Request.Content content) {
        this.content = content;
    }

    @Override
    public void fail(Throwable failure) {
        if (!(failure instanceof ConnectException)) {
            content.fail(failure);
        }
    }

    @Override
    public void fail(Throwable failure, boolean last) {
        if (!(failure instanceof ConnectException)) {
            content.fail(failure, last);
        }
    }

    @Override
    public Content.@Nullable Chunk read() {
        return content.read();
    }

    @Override
    public void demand(Runnable callback) {
        content.demand(callback);
    }

    @Override
    public String getContentType() {
        return content.getContentType();
    }

    @Override
    public long getLength() {
        return content.getLength();
    }

    @Override
    public boolean rewind() {
        return content.rewind();
    }
}
