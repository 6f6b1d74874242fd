/**
 * Why there is no picture: refused by person, browser or system; no camera; taken by another program; an address without
 * https; a browser that knows no cameras; anything else.
 */
export type CameraFault = 'denied' | 'missing' | 'in-use' | 'insecure' | 'unsupported' | 'failed';

/** Thrown by everything that needs a camera. */
export class CameraError extends Error {
  readonly fault: CameraFault;

  constructor(fault: CameraFault, cause?: unknown) {
    super(`camera: ${fault}`, cause === undefined ? undefined : { cause });
    this.name = 'CameraError';
    this.fault = fault;
  }
}

/** Names of the standard and those of older browsers. */
const FAULTS: Readonly<Record<string, CameraFault>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  PermissionDismissedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  DevicesNotFoundError: 'missing',
  OverconstrainedError: 'missing',
  ConstraintNotSatisfiedError: 'missing',
  NotReadableError: 'in-use',
  TrackStartError: 'in-use',
  AbortError: 'in-use',
};

/** Sorts what `getUserMedia` rejects with. */
export function cameraFaultOf(cause: unknown): CameraFault {
  if (cause instanceof CameraError) return cause.fault;
  const name = typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : '';
  return FAULTS[name] ?? 'failed';
}
