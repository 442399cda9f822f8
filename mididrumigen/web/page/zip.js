// Files -> one ZIP archive, stored without packing: MIDI files are small.
// Format: PKWARE APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16; names are UTF-8 (flag bit 11).

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const DATE_1980 = 0x0021; // files carry no times

function header(signature, fields) {
  const bytes = new Uint8Array(4 + fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/**
 * @param {{name: string, bytes: Uint8Array}[]} files
 * @returns {Uint8Array[]} the pieces of the archive, in order
 */
export function zipped(files) {
  const bodies = [];
  const directory = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const title = new TextEncoder().encode(name);
    const common = [
      [2, 20], [2, 0x0800], [2, 0], [2, 0], [2, DATE_1980], [4, crc32(bytes)], [4, bytes.length],
      [4, bytes.length], [2, title.length], [2, 0],
    ];
    const local = header(0x04034b50, common);
    directory.push(
      header(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]), title);
    bodies.push(local, title, bytes);
    at += local.length + title.length + bytes.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = header(0x06054b50, [
    [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0],
  ]);
  return [...bodies, ...directory, end];
}
