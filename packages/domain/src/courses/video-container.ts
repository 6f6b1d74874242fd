/** Containers that are accepted, by what the first bytes say; the file name and the browser's type prove nothing. */
export type VideoContainer = 'mov' | 'matroska' | 'avi' | 'flv' | 'mpegts' | 'mpeg' | 'asf';

/** How many bytes of the start are needed to tell. */
export const CONTAINER_HEAD_BYTES = 377;

const startsWith = (head: Uint8Array, bytes: readonly number[], at = 0): boolean =>
  bytes.every((byte, index) => head[at + index] === byte);

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

const signatures: readonly (readonly [VideoContainer, (head: Uint8Array) => boolean])[] = [
  // ISO base media (MP4, MOV, 3GP): a box `ftyp` first; old QuickTime files start with moov, mdat, wide or free.
  ['mov', (head) => ['ftyp', 'moov', 'mdat', 'wide', 'free'].some((box) => startsWith(head, ascii(box), 4))],
  ['matroska', (head) => startsWith(head, [0x1a, 0x45, 0xdf, 0xa3])],
  ['avi', (head) => startsWith(head, ascii('RIFF')) && startsWith(head, ascii('AVI '), 8)],
  ['flv', (head) => startsWith(head, ascii('FLV'))],
  ['asf', (head) => startsWith(head, [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11])],
  ['mpeg', (head) => startsWith(head, [0x00, 0x00, 0x01, 0xba])],
  // A transport stream has a sync byte every 188 bytes.
  ['mpegts', (head) => [0, 188, 376].every((at) => head[at] === 0x47)],
];

/** The container that the first `CONTAINER_HEAD_BYTES` bytes of a file show, or null if it is no known video. */
export const detectVideoContainer = (head: Uint8Array): VideoContainer | null =>
  signatures.find(([, matches]) => matches(head))?.[0] ?? null;
