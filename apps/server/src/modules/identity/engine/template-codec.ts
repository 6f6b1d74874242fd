/** Numbers of a descriptor. */
const LENGTH = 128;
const BYTES = 4 * LENGTH;

/** Descriptors as little-endian 32-bit floats one after the other, 512 bytes each. */
export function encodeTemplate(descriptors: readonly (readonly number[])[]): Buffer {
  const bytes = Buffer.alloc(descriptors.length * BYTES);
  for (const [index, descriptor] of descriptors.entries()) {
    if (descriptor.length !== LENGTH) throw new RangeError(`a descriptor has ${LENGTH} numbers`);
    for (const [at, value] of descriptor.entries()) bytes.writeFloatLE(value, index * BYTES + at * 4);
  }
  return bytes;
}

/** The descriptors, or none if the bytes are not of this form. */
export function decodeTemplate(bytes: Buffer): number[][] {
  if (bytes.length === 0 || bytes.length % BYTES !== 0) return [];
  const descriptors = Array.from({ length: bytes.length / BYTES }, (_, index) =>
    Array.from({ length: LENGTH }, (_unused, at) => bytes.readFloatLE(index * BYTES + at * 4)),
  );
  return descriptors.flat().every(Number.isFinite) ? descriptors : [];
}
