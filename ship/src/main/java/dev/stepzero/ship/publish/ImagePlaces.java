package dev.stepzero.ship.publish;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.registry.Reference;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The table {@code image_place}: to which repositories images were pushed. */
public final class ImagePlaces {
    private final Jdbi jdbi;

    public ImagePlaces(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Records that an image was pushed. */
    public void pushed(Digest image, Reference repository) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into image_place (image, repository) values (:image, :repository)
                        on conflict do nothing""")
                .bind("image", image.toString())
                .bind("repository", repository.toString())
                .execute());
    }

    /** Where an image was pushed to; nowhere if the layout on disk is the registry. */
    public List<Reference> of(Digest image) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select repository from image_place where image = :image order by 1")
                        .bind("image", image.toString())
                        .mapTo(String.class)
                        .map(Reference::parse)
                        .list());
    }
}
