import { gzipSync } from 'node:zlib'
import { InputError } from '../input-error.js'

const BLOCK = 512
const LONGEST_NAME = 100
/** The time that npm gives all files of a package, in seconds: archives of the same files are the same. */
const TIME = 499_162_500

/** A compressed tar archive of files by their paths, as npm reads one: POSIX ustar, no folders, no owners. */
export function tarball(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts = [...files].flatMap(([path, bytes]) => [
    header(path, bytes.length),
    bytes,
    Buffer.alloc(-bytes.length & (BLOCK - 1)),
  ])
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]), { level: 9 })
}

function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > LONGEST_NAME)
    throw new InputError(`the path is too long for an archive: ${path}`)
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, digits: number) =>
    block.write(value.toString(8).padStart(digits, '0'), at)
  block.write(path, 0)
  octal(0o644, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(size, 124, 11)
  octal(TIME, 136, 11)
  // The checksum is the sum of all bytes, in which its own place counts as spaces.
  block.fill(' ', 148, 156)
  block.write('0', 156)
  block.write('ustar\x0000', 257, 'latin1')
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  )
  block[154] = 0
  return block
}
