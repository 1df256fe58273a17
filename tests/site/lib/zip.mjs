/** Reads a ZIP archive as its list of contents has it. Knows what the report writes: no encryption, stored or deflated, under 4 GiB. */
import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const FILE = 0x04034b50;

/** The files of the archive, by name; throws on what is not one. */
export function readZip(bytes) {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error('no end of an archive');
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error('a broken list of contents');
    const [name, extra, comment] = [28, 30, 32].map((part) => bytes.readUInt16LE(at + part));
    const path = bytes.toString('utf8', at + 46, at + 46 + name);
    const start = bytes.readUInt32LE(at + 42);
    if (bytes.readUInt32LE(start) !== FILE) throw new Error(`${path} is not where the list has it`);
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    const content = bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    if (crc32(content) !== bytes.readUInt32LE(at + 16)) throw new Error(`${path} has another sum`);
    files.set(path, content);
    at += 46 + name + extra + comment;
  }
  return files;
}
