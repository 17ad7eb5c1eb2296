import { Readable } from 'node:stream'
import { InputError } from '../../input-error.js'
import { archiveError, type Decompressor } from './archive.js'

/** Gzip of one or more members, with its checksums (RFC 1952). */
export const gunzip: Decompressor = async function* (input, label) {
  const { createGunzip } = await import('node:zlib')
  const unpacked = createGunzip({ chunkSize: 1 << 18 })
  const source = Readable.from(input)
  // A file that can't be read ends the unpacking with the reader's own error.
  source.on('error', (error) => unpacked.destroy(error))
  try {
    yield* source.pipe(unpacked)
  } catch (error) {
    if (error instanceof InputError) throw error
    throw archiveError(
      label,
      'gzip data',
      (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'cut' : 'damaged',
    )
  }
}
