package dev.stepzero.ship;

import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.phoenix.Owners;
import java.nio.file.Path;
import java.util.List;

/** The yard that really builds and ships. */
record Installation(Shipping shipping) implements Yard {
    @Override
    public ShipPlan plan(ShipRequest request) {
        return shipping.plan(request);
    }

    @Override
    public RefreshedLock refresh(ShipPlan plan) throws InterruptedException {
        return shipping.refresh(plan);
    }

    @Override
    public Shipped ship(ShipPlan plan, RunListener listener) throws InterruptedException {
        return shipping.ship(plan, listener);
    }

    @Override
    public List<String> owners(Path clone, String commit) {
        try (var repository = SourceRepository.around(clone)) {
            var found = repository.commit(commit);
            return Owners.of(Shipping.project(repository, found), repository, found);
        }
    }
}
