package dev.stepzero.server.hooks;

import org.springframework.stereotype.Component;

/** Works on stored deliveries. */
@Component
class DeliveryWorker extends Workers {
    private static final int THREADS = 8;

    DeliveryWorker(InboxWork work) {
        super("deliveries", THREADS, work);
    }
}
