import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** A file in a zip, with what reproducible bytes depend on. */
export interface Packed {
  readonly path: string;
  readonly time: number;
  readonly mode: number;
  readonly bytes: Buffer;
}

const endSignature = 0x06054b50;
const endBytes = 22;

/** Reads a zip by its directory, which is what Lambda does. */
export function readZip(file: string): readonly Packed[] {
  const zip = readFileSync(file);
  const end = zip.length - endBytes;
  if (zip.readUInt32LE(end) !== endSignature) throw new Error(`${file} is no zip without comment.`);
  const packed: Packed[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameBytes = zip.readUInt16LE(at + 28);
    const start = zip.readUInt32LE(at + 42);
    const dataAt = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const data = zip.subarray(dataAt, dataAt + zip.readUInt32LE(at + 20));
    packed.push({
      path: zip.toString('utf8', at + 46, at + 46 + nameBytes),
      time: zip.readUInt32LE(at + 12),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      bytes: zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data),
    });
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return packed;
}

export function unpack(file: string, folder: string): void {
  for (const { path, bytes } of readZip(file)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}
