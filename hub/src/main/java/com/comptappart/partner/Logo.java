package com.comptappart.partner;

/**
 * A picture on white.
 *
 * @param samples deflated (RFC 1950), three bytes a pixel, red first, from the top left
 */
public record Logo(String id, int width, int height, byte[] samples) {

    /** As a file that a browser shows. */
    public byte[] png() {
        return LogoFile.png(this);
    }
}
