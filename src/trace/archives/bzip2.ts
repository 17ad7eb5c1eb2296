import unbzip2 from 'unbzip2-stream'
import { archiveError, type Decompressor } from './archive.js'

/** Bzip2 of one or more streams, with their checksums. */
export const bunzip2: Decompressor = async function* (input, label) {
  const stream = unbzip2()
  let ready: Uint8Array[] = []
  let problem: string | undefined
  stream.on('data', (chunk) => ready.push(chunk))
  stream.on('error', ({ name }) => {
    problem ??= name === 'Bzip2Error' ? 'damaged' : 'cut'
  })
  const taken = () => {
    const chunks = ready
    ready = []
    return chunks
  }
  for await (const chunk of input) {
    stream.write(chunk)
    yield* taken()
    if (problem) break
  }
  if (!problem) stream.end()
  yield* taken()
  if (problem) throw archiveError(label, 'bzip2 data', problem)
}
