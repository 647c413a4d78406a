package com.comptappart.archive;

import java.time.Clock;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of S3 or of what speaks like it. An object is put with {@code If-None-Match: *}, so that
 * the store itself refuses to replace one, and with its SHA-256, which the store checks and keeps.
 */
final class S3Archive implements Archive {

    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int MOST_CONFLICTS = 5;

    private final S3Client s3;
    private final Place place;
    private final Clock clock;

    /**
     * @param prefix of every key; empty, or ends with a slash
     * @param locked how long the store must refuse to delete an object (object lock, compliance
     *     mode); zero leaves it to the bucket
     */
    record Place(String bucket, String prefix, Period locked) {}

    S3Archive(S3Client s3, Place place, Clock clock) {
        this.s3 = s3;
        this.place = place;
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> create(String key, byte[] object) {
        var put = put(Keys.checked(key));
        for (int conflicts = 0; ; conflicts++) {
            try {
                s3.putObject(put, RequestBody.fromBytes(object));
                return Optional.empty();
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED) {
                    return read(key);
                }
                // Somebody else writes the same key at this moment: ask again who was first.
                if (e.statusCode() != CONFLICT || conflicts == MOST_CONFLICTS) {
                    throw unavailable(key, e);
                }
            } catch (SdkException e) {
                throw unavailable(key, e);
            }
        }
    }

    @Override
    public Optional<byte[]> read(String key) {
        try {
            var answer =
                    s3.getObjectAsBytes(request ->
                            request.bucket(place.bucket())
                                    .key(place.prefix() + Keys.checked(key))
                                    .checksumMode(ChecksumMode.ENABLED));
            return Optional.of(answer.asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public String location() {
        return "s3://" + place.bucket() + "/" + place.prefix();
    }

    private PutObjectRequest put(String key) {
        var put =
                PutObjectRequest.builder()
                        .bucket(place.bucket())
                        .key(place.prefix() + key)
                        .ifNoneMatch("*")
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256);
        if (!place.locked().isZero()) {
            var until = clock.instant().atOffset(ZoneOffset.UTC).plus(place.locked());
            put.objectLockMode(ObjectLockMode.COMPLIANCE)
                    .objectLockRetainUntilDate(until.toInstant());
        }
        return put.build();
    }

    private ArchiveUnavailable unavailable(String key, SdkException cause) {
        return new ArchiveUnavailable(
                "the archive " + location() + " can't be used (" + key + "): " + cause.getMessage(),
                cause);
    }
}
