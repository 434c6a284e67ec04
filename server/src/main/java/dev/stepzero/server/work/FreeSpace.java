package dev.stepzero.server.work;

import dev.stepzero.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Says in the log when the disk of Stepzero's home is nearly full, before what people do is refused, and when it is not any more. */
@Component
final class FreeSpace implements InitializingBean, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);
    private static final long SECONDS = 5;
    private static final long LEAST_MEGABYTES = 64;

    private final Path home;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("free-space").factory());
    private boolean said;

    FreeSpace(ServerSettings settings) {
        this.home = settings.home().root();
    }

    @Override
    public void afterPropertiesSet() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            var megabytes = Files.getFileStore(home).getUsableSpace() >> 20;
            if (megabytes < LEAST_MEGABYTES && !said) {
                LOG.error(
                        "the disk of {} is full but for {} MB: what has to be stored is refused until there is space",
                        home,
                        megabytes);
            } else if (megabytes >= LEAST_MEGABYTES && said) {
                LOG.warn("the disk of {} has {} MB again", home, megabytes);
            }
            said = megabytes < LEAST_MEGABYTES;
        } catch (IOException | RuntimeException e) {
            LOG.warn("nobody knows how full the disk of {} is", home, e);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
