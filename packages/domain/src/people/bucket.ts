/** Number of buckets that person and device tables are spread over. Fixed for ever: it is part of stored keys. */
export const BUCKET_COUNT = 64;

/**
 * The bucket (0..63) of a person or device: the last six bits of its UUID. Those bits are random in versions 4 and 7,
 * and the database can check them itself (`get_byte(uuid_send(id), 15) & 63`).
 */
export const bucketOf = (id: string): number => Number.parseInt(id.slice(-2), 16) & (BUCKET_COUNT - 1);

/** The same UUID moved into `bucket`. Lets a person's bucket follow from the ID number, so that no number is held twice. */
export const placeInBucket = (id: string, bucket: number): string => {
  const last = (Number.parseInt(id.slice(-2), 16) & ~(BUCKET_COUNT - 1)) | bucket;
  return id.slice(0, -2) + last.toString(16).padStart(2, '0');
};
