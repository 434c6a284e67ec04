package dev.stepzero.scan.image;

/**
 * Where a layer's bytes are and which of them its digest covers.
 *
 * @param layer the layer
 * @param name the blob's name
 * @param digestOfTar true when the digest is that of the uncompressed tar
 */
record LayerBlob(Layer layer, String name, boolean digestOfTar) {}
